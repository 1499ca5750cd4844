from enquete.findings.shares import percent, share


def test_a_percentage_needs_fifty_people():
    assert share(7, 24) == "7 sur 24"
    assert share(12, 49) == "12 sur 49"
    assert share(12, 60) == "12 sur 60, soit 20\u202f%"
    assert (percent(1, 49), percent(1, 50), percent(25, 200)) == ("", "2\u202f%", "13\u202f%")
