import tomllib

from hypothesis import given
from hypothesis import strategies as st

from enquete.toml_lines import KeyPath, key_lines

SAMPLE = '''# comment = 1
a = """
b = 2
[c]
""" # still a
d.e = [ # [not.a.table]
  "]", '[', """
]""",
]
["x y".'z']
f = {g = 1, h = "}"}
[[list]]
i = 1
[list.inner]
j = 2
[[list]]
i = 3
'''


def test_lines_of_a_varied_file() -> None:
    tomllib.loads(SAMPLE)
    assert key_lines(SAMPLE) == {
        ("a",): 2,
        ("d",): 6,
        ("d", "e"): 6,
        ("x y", "z"): 10,
        ("x y", "z", "f"): 11,
        ("list",): 12,
        ("list", 0): 12,
        ("list", 0, "i"): 13,
        ("list", 0, "inner"): 14,
        ("list", 0, "inner", "j"): 15,
        ("list", 1): 16,
        ("list", 1, "i"): 17,
    }


VALUES = st.sampled_from(
    [
        "1",
        '"x = 1 # y"',
        "'[a]'",
        "[1,\n  # ]\n 2]",
        '"""\nk0 = 2\n[t]\n"""',
        "'''\n\"\n'''",
        '{a = "}"}',
        '"\\"["',
        '""""q""""',
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", " # k1 = '\n", "\r\n", '\n# """\n'])


@given(st.lists(st.tuples(st.booleans(), VALUES, BREAKS), min_size=1, max_size=12))
def test_each_statement_is_found_on_its_line(statements: list[tuple[bool, str, str]]) -> None:
    text = ""
    expected: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for index, (opens, value, line_break) in enumerate(statements):
        line = text.count("\n") + 1
        if opens:
            table = (f"t{index}",)
            expected[table] = line
            text += f"[t{index}]{line_break}"
        else:
            expected[*table, f"k-{index}"] = line
            text += f"k-{index} = {value}{line_break}"
    tomllib.loads(text)
    assert key_lines(text) == expected
