"""A small district as a OneRoster service shows it, with all that such services send unasked."""

OLD, NEW = "2026-01-05T08:00:00.000Z", "2026-11-20T08:00:00.000Z"


def ref(kind, name):
    return {"href": f"http://wrong.example/{name}x", "sourcedId": name, "type": kind}


def row(identity, /, status="active", changed=OLD, **rest):
    return {"sourcedId": identity, "status": status, "dateLastModified": changed, **rest}


def orgs(version, settings):
    return [
        row("d", name="Lindenau", type="district", identifier=None, parent=None, children=[ref("org", "s1")]),
        row("s1", name="Birch School", type="school", identifier="0042", parent=ref("org", "d")),
        row("s2", "tobedeleted", NEW, name="Old Mill School", type="school", parent=ref("org", "d")),
    ]


def sessions(version, settings):
    return [row("t1", title="Year", type="schoolYear", startDate="2026-08-17", endDate="2027-06-12", schoolYear=2027)]


def user(version, name, role, given, family, enabled="true", grades=(), **rest):
    person = row(
        name, rest.pop("status", "active"), rest.pop("changed", OLD), enabledUser=enabled, givenName=given,
        familyName=family, grades=list(grades), password="Sesame-1999", phone="+49 30 5550", sms="+49 30 5551",
        agents=[ref("user", "mother")], userIds=[{"type": "LDAP", "identifier": "x"}],
        metadata={"graduationYear": "2031", "Home_Language": "Spanish", "lunch": "free"}, **rest)
    if version == "1.1":
        return {**person, "role": role, "orgs": [ref("org", "s1")]}
    roles = [{"roleType": "primary", "role": role, "org": ref("org", "s1"), "beginDate": "2026-08-17"}]
    if role == "teacher":
        roles.append({"roleType": "secondary", "role": "principal", "org": ref("org", "s1")})
    return {**person, "roles": roles, "primaryOrg": ref("org", "s1")}


def users(version, settings):
    preferred = {"preferredFirstName": "Zo", "preferredLastName": "Connor"} if version == "1.2" else {}
    many = [
        user(version, f"x{n}", "student", "Mira", f"Lind {n}", username=f"mira{n}", grades=["04"])
        for n in range(settings.get("more", 0))
    ]
    return [
        user(version, "u1", "student", "Zoë", "O'Connor", username="zoe", identifier="00032",
             email="zoe@birch.example", grades=["04", "05"], **preferred),
        user(version, "u2", "teacher", "Ana Sofía", "de la Cruz", "false"),
        user(version, "u3", "parent", "Rosa", "O'Connor", username="rosa"),
        user(version, "u4", "student", "Kai", "Berg", username="kai", status="tobedeleted", changed=NEW),
        user(version, "u5", "student", "", "", username="nobody"),
        *many,
        user(version, "u6", "student", "Noah", "Ueda", username="noah", changed=NEW),
    ]


def classes(version, settings):
    return [row("c1", title="4B", grades=["04"], classCode=None, classType="homeroom", location="12",
                course=ref("course", "k1"), school=ref("org", "s1"), terms=[ref("academicSession", "t1")], periods=["1", "2"])]


def enrollments(version, settings):
    def place(name, person, role, primary, **rest):
        return row(name, role=role, primary=primary, user=ref("user", person), school=ref("org", "s1"),
                   **{"class": ref("class", "c1")}, **rest)

    return [
        place("e1", "u1", "student", "false"),
        place("e2", "u2", "teacher", True, beginDate="2026-08-17"),
        place("e3", "u4", "student", "false", status="tobedeleted", changed=NEW),
    ]


COLLECTIONS = {
    "orgs": orgs, "academicSessions": sessions, "users": users, "classes": classes, "enrollments": enrollments,
}
