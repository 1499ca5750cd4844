"""A coder at home, in front of a packet opened from the file system."""

from desk import WAIT_MS, Desk

PHRASE = "lampe tomate avenir pollen"


class PacketDesk(Desk):
    """outside: every address asked beyond the file itself, though it be of this machine."""

    def __init__(self, context, path, phrase=PHRASE):
        self.context, self.path = context, path
        self.errors, self.outside = [], []
        self.page = self._tab()
        self.page.goto(path.as_uri())
        if phrase:
            self.unlock(phrase)

    def _note(self, address):
        if address.split("#")[0] != self.path.as_uri() and not address.startswith(("data:", "blob:")):
            self.outside.append(address)

    def unlock(self, phrase=PHRASE):
        self.page.get_by_label("Phrase de ce paquet").fill(phrase)
        self.page.get_by_role("button", name="Ouvrir").click()
        self.page.get_by_role("region", name="Travail sur ce paquet").wait_for()
        self.page.wait_for_selector("#contenu")

    def refused(self, phrase):
        """What is said of a wrong phrase."""
        self.page.get_by_label("Phrase de ce paquet").fill(phrase)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("[role=alert]:not(:empty)")
        return self.page.get_by_role("alert").text_content()

    def reload(self):
        self.page.reload()
        self.unlock()

    def another_tab(self):
        """The same packet in a second tab of the same browser."""
        return PacketDesk(self.context, self.path)

    @property
    def bar(self):
        return " ".join(self.page.get_by_role("region", name="Travail sur ce paquet").locator("p").all_text_contents())

    def tells(self, words):
        """Waits until the bar says so."""
        self.page.wait_for_function(
            "(said) => document.querySelector('.packet')?.textContent.includes(said)", arg=words
        )

    def save(self, folder):
        """Saves the work into a file; gives it."""
        with self.page.expect_download(timeout=WAIT_MS) as started:
            self.page.get_by_role("button", name="Enregistrer mon travail").click()
        file = folder / started.value.suggested_filename
        started.value.save_as(file)
        return file

    def take(self, file):
        """Takes a file of codings back."""
        self.page.get_by_label("Fichier de codages à reprendre").set_input_files(file)

    def erase(self):
        self.page.get_by_role("button", name="Effacer mon travail…").click()
        self.page.get_by_role("button", name="Effacer", exact=True).click()
