"""The command that opens the page: links, locks, networks, certificates, and what it refuses."""

import datetime
import ipaddress
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from enquete.actions.coding.links import coders_of, links_for
from enquete.actions.coding.page_lock import FILE_NAME
from enquete.actions.study import open_study
from enquete.errors import EnqueteError, Problem
from enquete.model import RespondentType
from enquete.store.database import transaction
from enquete.store.people import put_participant
from enquete.web.run import Serving, open_page


def tokens(folder, *coders, **serving):
    with open_page(open_study(folder), coders, Serving(0, **serving)) as page:
        return {coder: links[0].partition("#")[2] for coder, links in page.links.items()}


# --- links


def test_links_stay_the_same_from_one_start_to_the_next_until_new_ones_are_made(house):
    folder = house()
    first = tokens(folder, "lea", "max")
    assert tokens(folder, "max", "lea") == first
    new = tokens(folder, "lea", "max", new_links=True)
    assert not set(new.values()) & set(first.values())
    assert tokens(folder, "lea", "max") == new


def test_new_links_still_read_what_a_browser_could_not_send(house):
    study = open_study(house())
    before, after = links_for(study, ["lea", "max"]), links_for(study, ["lea"], anew=True)
    assert before.tokens["lea"] != after.tokens["lea"]
    assert before.queue_key("lea") == after.queue_key("lea") != before.queue_key("max")


def test_what_links_are_made_from_lies_outside_the_study_for_its_owner_alone(house, tmp_path):
    folder = house()
    tokens(folder, "lea")
    (secret,) = (tmp_path / "config").rglob("*.secret")
    assert len(secret.read_bytes()) == 32
    assert os.name == "nt" or secret.stat().st_mode & 0o777 == 0o600
    told = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert secret.read_bytes() not in told
    assert tokens(folder, "lea")["lea"].encode() not in told


def test_a_folder_for_links_that_cannot_be_made_is_said(house, enquete, tmp_path):
    folder = house()
    (tmp_path / "config" / "enquete" / "liens").write_text("")
    code, _, errors = enquete("coder", "--etude", folder, "--codeur", "lea", "--port", "0", "--sans-navigateur")
    assert code == 1
    assert "de quoi faire les liens des codeurs ne peut pas être lu ou écrit" in errors


def test_a_link_of_before_opens_nothing_any_more(house, serve):
    folder = house()
    former = tokens(folder, "lea")["lea"]
    page = serve(folder, "lea", new_links=True)
    assert page.anybody().get("/api/notes", headers={"Authorization": f"Bearer {former}"}).status_code == 401
    assert page.api("lea").get("/api/notes").status_code == 200


# --- the lock


def test_the_lock_tells_which_process_serves_and_goes_with_it(house):
    folder = house()
    with open_page(open_study(folder), ["lea"], Serving(0)):
        assert (folder / FILE_NAME).read_text() == f"{os.getpid()}\n"
        with pytest.raises(EnqueteError) as refused, open_page(open_study(folder), ["lea"], Serving(0)):
            pass
        assert refused.value.problem is Problem.PAGE_TWICE
    assert not (folder / FILE_NAME).exists()


@pytest.mark.parametrize("left", ["", "x", "999999999\n"])
def test_the_lock_of_a_page_that_died_is_ignored(house, left):
    folder = house()
    (folder / FILE_NAME).write_text(left)
    tokens(folder, "lea")


def test_so_it_is_when_its_number_is_another_process_s_since(house):
    folder = house()
    (folder / FILE_NAME).write_text(f"{os.getppid()}\n")
    tokens(folder, "lea")


def test_a_withdrawal_waits_for_the_page_to_be_closed(house, enquete):
    folder = house()
    with open_study(folder).database() as db, transaction(db):
        put_participant(db, "P001", RespondentType.CONCERNED)
    with open_page(open_study(folder), ["lea"], Serving(0)):
        code, _, errors = enquete("retirer", "P001", "--etude", folder, "--oui")
    assert code == 1
    assert "la page de codage est ouverte" in errors


def test_so_does_the_new_code_of_a_coder_who_leaves(house, enquete, hand, serve):
    folder = house()
    page = serve(folder, "lea")
    hand(page.api("lea")).send({"uid": "j", "kind": "journal", "step": "j", "item": "j", "body": "à suivre"})
    code, _, errors = enquete("codeur", "depart", "lea", "--renommer", "c1", "--etude", folder)
    assert code == 1
    assert "la page de codage est ouverte" in errors
    page.stop()
    (folder / FILE_NAME).unlink()
    assert enquete("codeur", "depart", "lea", "--renommer", "c1", "--etude", folder)[0] == 0


# --- what is asked of the command


def test_nobody_to_code_is_a_misuse(house, enquete):
    code, _, errors = enquete("coder", "--etude", house(), "--sans-navigateur")
    assert code == 2
    assert errors == (
        "Erreur : il faut dire qui code. Ajoutez « --codeur CODE » (il peut se répéter), ou la liste « codeurs » dans "
        "enquete.toml.\n"
    )


def test_nor_can_a_network_be_open_to_whoever_comes(house, enquete):
    code, _, errors = enquete("coder", "--etude", house(), "--reseau")
    assert code == 2
    assert "il faut dire qui code" in errors


def test_only_coders_of_the_study_have_a_link(house, enquete):
    folder = house(settings='codeurs = ["lea", "max"]')
    code, _, errors = enquete("coder", "--etude", folder, "--codeur", "zoe", "--sans-navigateur")
    assert code == 2
    assert "zoe" in errors
    assert "lea, max" in errors


def test_who_has_left_keeps_nobody_out(house, enquete):
    folder = house(settings='codeurs = ["lea", "max"]')
    assert enquete("affecter", "--codeur", "max", "--entretien", "E001", "--etude", folder)[0] == 0
    assert enquete("codeur", "depart", "max", "--renommer", "c2", "--etude", folder)[0] == 0
    assert coders_of(open_study(folder), []) == ["lea", "max"]


def test_where_the_settings_name_nobody_those_with_work_have_a_link(house, enquete):
    folder = house()
    assert enquete("affecter", "--codeur", "zoe", "--entretien", "E001", "--etude", folder)[0] == 0
    assert coders_of(open_study(folder), []) == ["zoe"]


def test_a_code_is_no_full_name(house, enquete):
    code, _, errors = enquete("coder", "--etude", house(), "--codeur", "Léa Dupont", "--sans-navigateur")
    assert code == 2
    assert "Donnez un code court" in errors


def test_a_port_taken_is_said_in_french(house, enquete, serve):
    page = serve(house(), "lea")
    port = page.base.rpartition(":")[2]
    (page.folder / FILE_NAME).unlink()
    code, _, errors = enquete("coder", "--etude", page.folder, "--codeur", "lea", "--port", port, "--sans-navigateur")
    assert code == 1
    assert errors.startswith(f"Erreur : le port {port} ne peut pas être ouvert (un autre programme s'en sert).")


def test_a_codebook_with_errors_is_told_before_anybody_comes(house, enquete):
    folder = house()
    (folder / "codebooks" / "essai.yaml").write_text("id: [", encoding="utf-8")
    code, _, errors = enquete("coder", "--etude", folder, "--codeur", "lea", "--port", "0", "--sans-navigateur")
    assert code == 1
    assert "essai.yaml" in errors
    assert not (folder / FILE_NAME).exists()


@pytest.mark.skipif(os.name == "nt", reason="no SIGTERM there")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_told_to_stop(house, how):
    folder = house(settings='codeurs = ["lea", "max"]')
    command = [sys.executable, "-c", "from enquete.cli import main; main()", "coder", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        told = [process.stdout.readline() for _ in range(5)]
        link = told[2].split(" : ")[1].strip()
        base, _, token = link.partition("/#")
        seen = httpx.get(f"{base}/api/overview", headers={"Authorization": f"Bearer {token}"})
        process.send_signal(how)
        rest, errors = process.communicate(timeout=20)
    assert seen.json()["coder"] == "lea"
    assert told[0] == "Page de codage ouverte : etude\n"
    assert told[3].startswith("  max : http://127.0.0.1:")
    assert told[4] == "Pour la fermer : Ctrl+C.\n"
    assert (process.returncode, rest, errors) == (0, "Page fermée. Tout ce qui a été fait est enregistré.\n", "")
    assert not (folder / FILE_NAME).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="files are counted otherwise there")
def test_more_connections_than_the_system_has_files_print_no_trace(house):
    command = [sys.executable, "-c", "from enquete.cli import main; main()", "coder", "--port", "0", "--codeur", "lea"]
    limited = ["sh", "-c", 'ulimit -n 128; exec "$@"', "sh", *command, "--sans-navigateur"]
    with subprocess.Popen(limited, cwd=house(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        base = [process.stdout.readline() for _ in range(4)][2].split(" : ")[1].partition("/#")[0]
        host, port = base.removeprefix("http://").split(":")
        with ExitStack() as stack:
            for _ in range(150):
                stack.enter_context(socket.create_connection((host, int(port)), timeout=5))
            time.sleep(0.5)
        seen = httpx.get(base, timeout=10)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (seen.status_code, process.returncode, errors) == (200, 0, "")


# --- the network


def test_on_a_network_each_link_bears_an_address_of_this_machine(house, serve, monkeypatch):
    monkeypatch.setattr("enquete.web.run.machine_addresses", lambda: ["127.0.0.2", "127.0.0.3"])
    page = serve(house(), "lea", network=True)
    assert page.link("lea").startswith("http://127.0.0.2:")
    assert page.api("lea").get("/api/overview").status_code == 200
    port = page.base.rpartition(":")[2]
    for host, status in (("127.0.0.3", 200), ("localhost", 200), ("127.0.0.4", 421), ("attacker.example", 421)):
        assert page.api("lea").get("/api/overview", headers={"Host": f"{host}:{port}"}).status_code == status


def test_on_this_machine_alone_other_addresses_do_not_answer(house, serve):
    port = serve(house(), "lea").base.rpartition(":")[2]
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.2:{port}/")


def test_a_network_without_certificate_is_warned_of(house, enquete, monkeypatch):
    monkeypatch.setattr("enquete.web.run.OpenPage.run", lambda _: None)
    code, out, errors = enquete("coder", "--etude", house(), "--codeur", "lea", "--reseau", "--port", "0")
    assert code == 0
    assert "peut être lu par qui s'y trouve" in errors
    assert "lea : http://" in out


# --- certificates


@pytest.fixture
def certificate(tmp_path):
    """certificate(names) -> (certificate, key) files, signed by itself."""

    def made(*names, phrase=None):
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "coding")])
        day = datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=1)
        builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(day).not_valid_after(day + datetime.timedelta(days=1))
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(list(names)), critical=False)
        signed = builder.sign(key, hashes.SHA256())
        pem = serialization.Encoding.PEM
        lock = serialization.BestAvailableEncryption(phrase) if phrase else serialization.NoEncryption()
        files = tmp_path / f"{time.monotonic_ns()}.pem", tmp_path / f"{time.monotonic_ns()}.key"
        files[0].write_bytes(signed.public_bytes(pem))
        files[1].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, lock))
        return files

    return made


def test_over_tls_the_links_say_what_the_certificate_is_for(house, serve, certificate):
    files = certificate(x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    page = serve(house(), "lea", certificate=files, network=True)
    assert page.link("lea").startswith("https://localhost:")
    trusted = ssl.create_default_context(cafile=str(files[0]))
    lea = page.api("lea", verify=trusted)
    assert lea.get("/api/overview").json()["coder"] == "lea"
    assert lea.post("/api/entries", json={"entries": []}, headers={"Origin": page.base}).status_code == 200
    downgraded = page.base.replace("https", "http")
    assert lea.post("/api/entries", json={"entries": []}, headers={"Origin": downgraded}).status_code == 403
    with pytest.raises(httpx.HTTPError):
        httpx.get(downgraded)


def refused(folder, enquete, certificate, key):
    code, _, errors = enquete(
        "coder", "--etude", folder, "--codeur", "lea", "--certificat", certificate, "--cle-certificat", key
    )
    assert code == 1
    assert not (folder / FILE_NAME).exists()
    return errors


def test_certificates_that_cannot_serve_are_told_why(house, enquete, certificate, tmp_path):
    folder, good, other, locked = house(), certificate(), certificate(), certificate(phrase=b"secret")
    (tmp_path / "notes.txt").write_text("bonjour")
    assert "la clé n'est pas celle du certificat" in refused(folder, enquete, good[0], other[1])
    assert "la clé est protégée par un mot de passe" in refused(folder, enquete, *locked)
    assert "ce ne sont pas un certificat et une clé" in refused(folder, enquete, tmp_path / "notes.txt", good[1])
    assert "ce chemin n'existe pas" in refused(folder, enquete, tmp_path / "nowhere.pem", good[1])


def test_a_certificate_comes_with_its_key(house, enquete, certificate):
    code, _, errors = enquete("coder", "--etude", house(), "--codeur", "lea", "--certificat", certificate()[0])
    assert code == 2
    assert "vont ensemble" in errors
