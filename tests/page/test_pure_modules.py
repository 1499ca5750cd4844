"""Pure modules of the page, run in the browser, against Python's own answers on random data."""

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquete import page as files
from enquete.coding.entries import Entry, holding

quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
letters = st.text(alphabet="aéœŒ ’'-\n.😀𝒜e\u0301Zß1", max_size=40)


@pytest.fixture(scope="module")
def run(browser):
    """run(script, argument): what an async function of the page gives; { model, text, moves } are its modules."""
    page = browser.new_page()
    page.route("**/*", _answer)
    page.goto("http://page.test/")
    page.evaluate(
        """async () => {
          const named = async (name) => [name, await import(`enquete/${name}`)];
          window.modules = Object.fromEntries(await Promise.all(["model", "text", "moves", "interview"].map(named)));
        }"""
    )
    yield lambda script, argument: page.evaluate(f"(argument) => ({script})({{...modules, argument}})", argument)
    page.close()


def _answer(route):
    path = route.request.url.removeprefix("http://page.test/")
    found = files.asset(path)
    if found is not None:
        route.fulfill(body=found.data, content_type=found.type)
    elif path == "":
        import_map = files.served()[1]
        route.fulfill(body=f'<script type="importmap">{import_map}</script>', content_type="text/html")
    else:
        route.fulfill(status=404)


@quick
@given(letters)
def test_positions_are_those_of_python(run, text):
    units = [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]
    told = run(
        """({ text, argument }) => {
          const positions = new text.Positions(argument.text);
          const points = argument.units.map((unit) => positions.toPoints(unit));
          return [argument.units.map((_, point) => positions.toUnits(point)), points, positions.length];
        }""",
        {"text": text, "units": units},
    )
    assert told == [units, list(range(len(text) + 1)), len(text)]


@quick
@given(letters)
def test_words_are_apart_in_order_and_leave_out_no_letter(run, text):
    found = run("({ text, argument }) => text.words(argument)", text)
    ends = [0]
    for word in found:
        assert ends[-1] <= word["start"] < word["end"]
        ends.append(word["end"])
    units = text.encode("utf-16-le")
    left = "".join(
        units[2 * end : 2 * start].decode("utf-16-le")
        for end, start in zip(ends, [*(w["start"] for w in found), len(units) // 2], strict=True)
    )
    assert not any(letter.isalnum() for letter in left)


@quick
@given(letters, st.data())
def test_a_selection_is_taken_with_whole_words_and_no_space_around(run, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    units = [len(text[:point].encode("utf-16-le")) // 2 for point in (start, end)]
    told = run("({ text, argument: [words, units] }) => text.snapped(words, ...units)", [text, units])
    if told is None:
        assert text[start:end].strip() == ""
        return
    encoded = text.encode("utf-16-le")
    before, taken, after = (
        encoded[a:b].decode("utf-16-le")
        for a, b in ((0, 2 * told["start"]), (2 * told["start"], 2 * told["end"]), (2 * told["end"], None))
    )
    assert taken == taken.strip() != ""
    assert text[start:end].strip() in taken
    for left, right in ((before, taken), (taken, after)):
        assert not (left and right and _in_word(left[-1]) and _in_word(right[0]))


def _in_word(letter):
    return unicodedata.category(letter)[0] in "LNM" or letter == "_"


@quick
@given(letters, st.text(alphabet="aeéoœ ’", min_size=1, max_size=3).filter(str.strip))
def test_words_are_found_whatever_their_accents_and_case(run, text, query):
    hits, folded, wanted = run(
        """({ text, argument: [words, query] }) => {
          const hits = new text.Finder(words).find(query);
          const told = hits.map((hit) => text.fold(words.slice(hit.start, hit.end)));
          return [told, text.fold(words), text.fold(query.trim())];
        }""",
        [text, query],
    )
    assert len(hits) == folded.count(wanted)
    for hit in hits:
        assert wanted in hit
        assert len(hit) <= len(wanted) + 2


uids = st.sampled_from("abcdefgh")


@st.composite
def logs(draw):
    """Entries of one coder, in any order, that replace each other in any way."""
    entries = []
    for uid in draw(st.lists(uids, unique=True, max_size=8)):
        over = draw(st.lists(uids.filter(lambda other, uid=uid: other != uid), unique=True, max_size=3))
        kind = draw(st.sampled_from(["journal", "gone"])) if over else "journal"
        body = "x" if kind == "journal" else ""
        entries.append({"uid": uid, "kind": kind, "step": uid, "item": "i", "over": over, "body": body})
    return entries


@quick
@given(logs(), st.randoms(use_true_random=False))
def test_what_holds_is_what_python_says_in_any_order_any_number_of_times(run, entries, random):
    expected = [e.uid for e in holding(Entry.model_validate(e) for e in entries)]
    assert run("({ model, argument }) => model.holding(argument).map((e) => e.uid)", entries) == expected
    again = [*entries, *entries]
    random.shuffle(again)
    told = run("({ model, argument }) => model.holding(model.merged(argument, argument)).map((e) => e.uid)", again)
    assert sorted(told) == sorted(expected)


acts = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("AB")),
        st.tuples(st.just("change"), st.integers(0, 3), st.sampled_from("CD")),
        st.tuples(st.just("gone"), st.integers(0, 3)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
    ),
    max_size=14,
)

PLAY = """({ model, argument }) => {
  const log = [];
  const codes = () => model.holding(log).map((e) => e.code).sort().join("");
  return argument.map(([what, ...rest]) => {
    const held = model.holding(log);
    const pick = held.length ? held[rest[0] % held.length] : null;
    if (what === "put") log.push(model.put({ kind: "coding", code: rest[0] }));
    if (what === "change" && pick) log.push(model.put({ code: rest[1] }, { over: [pick] }));
    if (what === "gone" && pick) log.push(model.gone([pick]));
    if (what === "undo" || what === "redo") {
      const step = model.history(log)[what].at(-1);
      const made = step && model.reversal(log, step);
      if (step && !made) return "impossible";
      if (made) log.push(...made);
    }
    return codes();
  });
}"""


@quick
@given(acts)
def test_undo_and_redo_go_back_and_forth_over_any_session(run, acts):
    past, present, future = [], "", []
    for (what, *_), told in zip(acts, run(PLAY, acts), strict=True):
        if what == "undo" and past:
            future.append(present)
            present = past.pop()
        elif what == "redo" and future:
            past.append(present)
            present = future.pop()
        elif what not in ("undo", "redo") and (what == "put" or present):
            past.append(present)
            present, future = told, []
        assert told == present


def test_several_entries_of_a_step_are_undone_together(run):
    told = run(
        """({ model }) => {
          const step = model.newUid();
          const first = model.put({ kind: "memo", body: "un" }, { step });
          const second = model.put({ body: "deux" }, { step, over: [first] });
          const other = model.put({ kind: "verdict", suggestion: 3 }, { step });
          const log = [first, second, other];
          log.push(...model.reversal(log, step));
          const undone = model.holding(log).length;
          log.push(...model.reversal(log, model.history(log).redo.at(-1)));
          return [undone, model.holding(log).map((e) => e.body ?? e.suggestion)];
        }""",
        None,
    )
    assert told == [0, ["deux", 3]]


def test_what_somebody_changed_meanwhile_is_not_undone(run):
    told = run(
        """({ model }) => {
          const mine = model.put({ kind: "coding", code: "A" });
          const elsewhere = model.put({ code: "B" }, { over: [mine] });
          return model.reversal([mine, elsewhere], mine.step);
        }""",
        None,
    )
    assert told is None


@quick
@given(st.integers(0, 11), st.integers(1, 12), st.sampled_from(["start", "end"]), st.sampled_from([1, -1]))
def test_a_bound_moves_by_a_word_and_comes_back(run, start, length, side, by):
    said = ["Ah ?", "Un deux trois, quatre.", "Oui.", "Cinq 😀 six."]
    text, turns = "", []
    for words in said:
        turns.append({"start": len(text), "end": len(text) + len(words), "role": "participant"})
        text += words + "\n"
    told = run(
        """({ moves, interview, argument: [told, start, length, side, by] }) => {
          const open = new interview.Interview(told);
          const words = open.turns.flatMap((turn, i) => turn.words.map((_, word) => ({ turn: i, word })));
          const [first, last] = [words[start % words.length], words[Math.min(start + length, words.length) - 1]];
          if (!last || !first) return null;
          const span = moves.spanBetween(open, first, last);
          const moved = moves.withEndMoved(open, span, side, by);
          return [span, moved, moved && moves.withEndMoved(open, moved, side, -by)];
        }""",
        [{"text": text, "turns": turns, "masks": []}, start, length, side, by],
    )
    span, moved, back = told
    if moved is not None:
        assert moved != span
        assert moved["start"] < moved["end"]
        assert back == span
