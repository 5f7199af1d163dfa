"""Somebody who changes the configuration while the router is killed: the file, and what is worked with by command."""
import dataclasses
import json
import threading

from .world import NO_ANSWER, again


@dataclasses.dataclass
class Changes:
    """What the router shows at the end of its versions, and what it told whoever changed them."""

    # Every version, newest first, and every activation, oldest first.
    versions: list = dataclasses.field(default_factory=list)
    activations: list = dataclasses.field(default_factory=list)
    # Numbers that a command was told to be worked with from now on.
    acknowledged: list = dataclasses.field(default_factory=list)


class Changer(threading.Thread):
    """Writes files that can be used and files that cannot, and takes back what was worked with before."""

    def __init__(self, world, dice, stop, token):
        super().__init__(daemon=True, name="Changer")
        self.world, self.dice, self.stop, self.token = world, dice, stop, token
        self.acknowledged, self.failure = [], None

    def run(self):
        try:
            number = 0
            while not self.stop.wait(self.dice.uniform(0.4, 1.6)):
                number += 1
                if number % 4 == 3:
                    self._take_back()
                else:
                    self.world.write_configuration(number, is_whole=number % 4 != 1)
            # What comes after finds a file that can be used.
            self.world.write_configuration(number + 1)
        except Exception as error:  # Silence would look like success.
            self.failure = f"Changer died: {error!r}"

    def _take_back(self):
        code, output, _ = self.world.command(
            "config", "rollback", "--as", "anna", "--because", "as before", "--json", token=self.token)
        if code == 0:
            self.acknowledged.append(json.loads(output)["number"])


def gather_changes(world, changer):
    """Asks the router for all of its versions."""
    changes = Changes(acknowledged=list(changer.acknowledged))
    after = ""
    while True:
        page = again(lambda: world.admin("/v1/admin/config/versions?limit=100" + after))[1]
        changes.versions += page["data"]
        if not page["has_more"]:
            break
        after = f"&after={page['next_cursor']}"
    for version in changes.versions:
        shown = again(lambda path=f"/v1/admin/config/versions/{version['number']}": world.admin(path))[1]
        changes.activations += shown["activations"]
    changes.activations.sort(key=lambda one: one["place"])
    return changes
