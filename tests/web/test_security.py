"""What the page's server refuses, and what it never tells."""

import json
import socket
import time

import pytest
from pages import Served, make_study

from enquete.actions.coding.page import CodingPage
from enquete.actions.study import open_study
from enquete.web.run import Serving, open_page


def raw(page, text, timeout=5.0):
    """Sends these bytes as they are; gives all that comes back."""
    host, port = page.base.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=timeout) as connection:
        connection.sendall(text.encode() if isinstance(text, str) else text)
        connection.settimeout(timeout)
        answer = b""
        try:
            while part := connection.recv(65536):
                answer += part
        except TimeoutError:
            pass
    return answer.decode()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """One for all: what is refused leaves no trace in it."""
    folder = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("XDG_CONFIG_HOME", "APPDATA"):
            patch.setenv(variable, str(folder / "config"))
        study = open_study(make_study(folder / "etude"))
        with open_page(study, ["lea", "max"], Serving(0)) as opened:
            served = Served(study.folder, opened)
            yield served
            assert served.api("lea").get("/api/overview").json()["interviews"][0]["begun"] is False
            served.stop()


def entries(**headers):
    return {"method": "POST", "url": "/api/entries", "json": {"entries": []}, "headers": headers}


# --- whose request it is


@pytest.mark.parametrize(
    ("path", "header"),
    [
        *((path, None) for path in ("overview", "interviews/E001", "changes", "search?q=a", "notes", "nothing")),
        *(("overview", header) for header in ("Bearer", "Bearer wrong", "Basic bGVhOg==", "Bearer é")),
    ],
)
def test_without_a_link_nothing_is_answered(page, path, header):
    headers = {} if header is None else {"Authorization": header.encode()}
    answer = page.anybody().get(f"/api/{path}", headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "Ce lien n'est pas valable : demandez le vôtre à la personne qui a ouvert la page de codage."
    }


def test_a_guessed_link_tells_no_more_than_another_one(page):
    close = page.token("lea")[:-1] + ("A" if page.token("lea")[-1] != "A" else "B")
    answers = {page.anybody().get("/api/overview", headers={"Authorization": f"Bearer {t}"}).text for t in (close, "x")}
    assert len(answers) == 1


def test_links_are_long_differ_and_are_in_no_answer(page):
    tokens = {page.token("lea"), page.token("max")}
    assert len(tokens) == 2
    assert all(len(token) >= 32 for token in tokens)
    shown = page.anybody().get("/").text + page.api("lea").get("/api/overview").text
    assert not any(token in shown for token in tokens)


def test_guessing_is_slow_and_few_wait_at_a_time(house, serve):
    from concurrent.futures import ThreadPoolExecutor

    page = serve(house(), "lea")
    guess = {"Authorization": "Bearer guessed"}
    client = page.anybody()
    start = time.monotonic()
    with ThreadPoolExecutor(40) as pool:
        statuses = list(pool.map(lambda _: client.get("/api/notes", headers=guess).status_code, range(40)))
    assert time.monotonic() - start > 0.4
    assert set(statuses) == {401, 429}
    assert page.api("lea").get("/api/notes").status_code == 200


# --- where it comes from


@pytest.mark.parametrize("host", ["attacker.example", "attacker.example:80", "127.0.0.1", "127.0.0.1:1", "", "[::1"])
@pytest.mark.parametrize("path", ["/", "/api/overview", "/static/main.js"])
def test_a_name_that_is_not_ours_is_answered_nothing(page, host, path):
    """As when a site of somebody else has its name lead to this machine."""
    answer = page.api("lea").get(path, headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "turns" not in answer.text


def test_two_hosts_or_none_are_refused(page):
    port = page.base.rpartition(":")[2]
    twice = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: attacker.example\r\nConnection: close\r\n\r\n"
    assert raw(page, twice).splitlines()[0].split()[1] in ("400", "421")
    assert raw(page, "GET / HTTP/1.0\r\n\r\n").splitlines()[0].split()[1] in ("400", "421")


@pytest.mark.parametrize(
    "origin",
    ["https://attacker.example", "null", "http://127.0.0.1", "http://127.0.0.1.attacker.example:{port}", "file://",
     "https://127.0.0.1:{port}", "http://user@127.0.0.1:{port}", "http://127.0.0.1:{port}/path"],
)  # fmt: skip
def test_another_origin_changes_nothing(page, origin):
    told = origin.format(port=page.base.rpartition(":")[2])
    answer = page.api("lea").request(**entries(Origin=told))
    assert answer.status_code == 403
    assert page.api("lea").put("/api/place", json={"interview": "E001", "turn": 1}, headers={"Origin": told}).is_error


def test_our_own_origin_may(page):
    port = page.base.rpartition(":")[2]
    for origin in (page.base, f"http://localhost:{port}"):
        assert page.api("lea").request(**entries(Origin=origin)).status_code == 200


def test_no_other_site_may_read_answers(page):
    answer = page.api("lea").options("/api/overview", headers={"Origin": "https://attacker.example"})
    assert answer.is_error
    for path in ("/", "/api/overview"):
        headers = page.api("lea").get(path, headers={"Origin": "https://attacker.example"}).headers
        assert not [name for name in headers if name.startswith("access-control")]


# --- what it brings


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_changes_anything(page, kind):
    body = json.dumps({"entries": []})
    answer = page.api("lea").post("/api/entries", content=body, headers={"Content-Type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{", b"null", b'{"entries": 3}', b'{"entries": [{}]}', b'{"entries": [], "more": 1}',
        b'{"entries": [{"uid": "a b", "kind": "stage", "step": "s", "item": "i"}]}',
        b'{"entries": [{"uid": "u", "kind": "stage", "step": "s", "item": "i", "field": "done", "interview": "E001"}]}',
        b'{"entries": [{"uid": "u", "kind": "journal", "step": "s", "item": "i", "body": "\\ud800"}]}',
        b"[" * 100_000, b"\xff\xfe",
    ],
)  # fmt: skip
def test_a_shape_that_is_none_is_said_to_be_none(page, body):
    answer = page.api("lea").post("/api/entries", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "Cette demande n'est pas comprise. Rechargez la page."},
    )


@pytest.mark.parametrize("body", [{}, [], {"interview": "E001"}, {"interview": "E001", "turn": -1}, {"turn": "1"}])
def test_nor_a_place(page, body):
    assert page.api("lea").put("/api/place", json=body).status_code == 400


@pytest.mark.parametrize("after", ["-1", "x", "9" * 40, "1.5", "٣"])
def test_nor_a_row(page, after):
    assert page.api("lea").get("/api/changes", params={"after": after}).status_code == 400


def test_oversized_bodies_are_cut_off(page):
    big = b'{"entries": [' + b" " * 1_100_000 + b"]}"
    headers = {"Content-Type": "application/json"}
    assert page.api("lea").post("/api/entries", content=big, headers=headers).status_code == 413
    assert page.api("lea").post("/api/entries", content=big[:900_000] + b"]}", headers=headers).status_code == 200


def test_so_are_those_that_do_not_say_their_size(page):
    def flood():
        for _ in range(64):
            yield b" " * 32_768

    headers = {"Content-Type": "application/json"}
    assert page.api("lea").post("/api/entries", content=flood(), headers=headers).status_code == 413
    assert page.api("lea").get("/api/notes").status_code == 200


def test_a_size_that_lies_is_no_way_in(page):
    port = page.base.rpartition(":")[2]
    lie = (
        f"POST /api/entries HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {page.token('lea')}\r\n"
        "Content-Type: application/json\r\nContent-Length: 99999999999999999999\r\n\r\n{}"
    )
    assert raw(page, lie, 2).splitlines()[0].split()[1] == "413"


def test_a_body_that_never_ends_is_waited_for_a_moment_only(page, monkeypatch):
    monkeypatch.setattr("enquete.web.security._BODY_S", 0.2)
    port = page.base.rpartition(":")[2]
    slow = (
        f"POST /api/entries HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {page.token('lea')}\r\n"
        "Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n{"
    )
    assert raw(page, slow, 2).splitlines()[0].split()[1] == "408"


def test_without_a_link_no_body_is_read(page):
    port = page.base.rpartition(":")[2]
    headers = "Content-Type: application/json\r\nContent-Length: 500000\r\n\r\n{"
    assert raw(page, f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{headers}", 2).splitlines()[0].split()[1] == "405"


def test_more_entries_than_a_batch_holds_are_refused(page, hand):
    lea = hand(page.api("lea"))
    many = [lea.entry("stage", field="read") for _ in range(501)]
    assert lea.api.post("/api/entries", json={"entries": many}).status_code == 400


# --- paths


@pytest.mark.parametrize(
    "path",
    [
        "/static/../enquete.toml", "/static/%2e%2e/%2e%2e/store/schema/001_initial.sql", "/static/..%2f__init__.py",
        "/vendor/..\\..\\offsets.py", "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/styles.css/../../etc/passwd",
        "/static/main.js%00.css", "/vendor/README.md", "/etude.db", "/.page.lock", "/api/../etude.db", "/static/",
    ],
)  # fmt: skip
def test_no_path_leads_outside(page, path):
    port = page.base.rpartition(":")[2]
    answer = raw(page, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")
    assert answer.splitlines()[0].split()[1] in ("400", "401", "404")


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/styles.css", "text/css"), ("/static/main.js", "text/javascript"),
     ("/vendor/preact.js", "text/javascript")],
)  # fmt: skip
def test_the_page_itself_is_there_for_anybody_and_holds_nothing_of_the_study(page, path, kind):
    answer = page.anybody().get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind
    assert "coupé la moitié" not in answer.text


# --- what a browser is told


@pytest.mark.parametrize("path", ["/", "/static/main.js", "/api/overview", "/api/interviews/E9", "/nowhere"])
def test_every_answer_is_guarded(page, path):
    headers = page.api("lea").get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.replace("style-src 'self' 'unsafe-inline'", "")
    assert "unsafe-eval" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    if path.startswith("/api/"):
        assert headers["cache-control"] == "no-store"
    assert "server" not in headers


SCRIPT = "<script>alert(1)</script><img src=x>"


def test_a_script_in_a_transcript_or_a_memo_is_data(house, serve, hand):
    lea = hand(serve(house(["Et ?", f"J'ai dit {SCRIPT}."]), "lea").api("lea"))
    lea.send(lea.entry("memo", body=SCRIPT), lea.entry("proposal", interview=None, codebook="essai", title=SCRIPT))
    for path in ("interviews/E001", "overview", "notes", f"search?q={SCRIPT}"):
        answer = lea.api.get(f"/api/{path}")
        assert answer.headers["content-type"] == "application/json"
        assert SCRIPT in json.dumps(answer.json(), ensure_ascii=False)
    assert "alert" not in lea.api.get("/").text
    assert "alert" not in lea.api.get(f"/api/interviews/{SCRIPT}").text


def test_what_breaks_inside_tells_its_place_and_nothing_else(page, capsys, monkeypatch):
    def broken(*_):
        raise RuntimeError("Fatoumata Diarra")

    monkeypatch.setattr(CodingPage, "notes", broken)
    answer = page.api("lea").get("/api/notes")
    assert answer.status_code == 500
    assert answer.json() == {
        "error": "Le programme a rencontré un problème ; rien de ce qui était enregistré n'est perdu."
    }
    out, err = told_within(capsys, 2)
    assert out == ""
    assert err.startswith("Erreur du programme (RuntimeError, ")
    assert "Diarra" not in err
    assert err.count("\n") == 1


def told_within(capsys, seconds):
    """What the server printed: it does so once it has answered."""
    out = err = ""
    end = time.monotonic() + seconds
    while not err and time.monotonic() < end:
        time.sleep(0.02)
        captured = capsys.readouterr()
        out, err = out + captured.out, err + captured.err
    return out, err


def test_requests_leave_no_trace(house, serve, hand, capsys):
    page = serve(house(), "lea")
    lea = hand(page.api("lea"))
    lea.send(lea.coding("coupé"))
    page.anybody().get("/api/overview")
    page.anybody().get("/nowhere")
    raw(page, "NONSENSE\r\n\r\n", 1)
    assert capsys.readouterr() == ("", "")
