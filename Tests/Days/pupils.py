"""Students who came in early, and what becomes of their way in."""

from living_district import LivingDistrict
from office import Office
from truth import Accounts


class Pupils:
    """Students with a password of their own."""

    def __init__(self, office: Office, district: LivingDistrict) -> None:
        self.office, self.district = office, district
        self.names: dict[int, str] = {}

    def activate(self, who: list[int], seen: Accounts) -> None:
        for each in who:
            account = seen[self.district.people[each].row]
            self.office.activate(account.username, account.id)
            self.names[each] = account.username

    def check(self, who: set[int]) -> None:
        wrong = []
        for each in sorted(who & self.names.keys()):
            person = self.district.people[each]
            is_in = self.office.is_let_in(self.names[each])
            if is_in != (person.is_there and person.may_sign_in):
                wrong.append(f"{person} {'is' if is_in else 'is not'} let in")
        assert not wrong, f"night {self.district.night}: " + "; ".join(wrong)

    def check_asked(self, lost: set[str], before: Accounts) -> None:
        """Who is asked about goes on as before until there is an answer."""
        for row in lost:
            if before[row].username in self.names.values() and not before[row].suspended_for:
                assert self.office.is_let_in(before[row].username), f"{row} is asked about and not let in"
