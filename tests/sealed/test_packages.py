"""Packages: what comes out is what went in, for whom it was meant; anything else is refused and nothing of it is handed on."""

from __future__ import annotations

import io
import os
import random
import tarfile

import pyrage
import pytest

from dpdesk.domain.packages import BadPackage, Item, check_items, check_name
from dpdesk.sealed import ages, notes, packages, worker
from tests.sealed.making import FILES_INSIDE, Officer, container, manifest, sealed

CASES = int(os.environ.get("DPDESK_FUZZ", "400"))


def nothing(found) -> None:
    """Admits everything."""


@pytest.fixture(scope="module")
def jane():
    return Officer()


@pytest.fixture(scope="module")
def ravi():
    return Officer("Ravi Example")


@pytest.fixture
def package(tmp_path, jane, ravi):
    path = tmp_path / "a.age"
    return path, sealed(path, jane, [ravi, jane])


def refused(path, who, admit=nothing) -> str:
    seen = []
    with pytest.raises(BadPackage) as problem:
        packages.unpack(path, who.secret, admit, lambda item, chunks: seen.append((item.name, b"".join(chunks))))
    assert not seen, "something was handed on before all had verified"
    return problem.value.code


def test_every_recipient_opens_it_and_gets_what_was_sealed(package, jane, ravi):
    path, made = package
    for who in (jane, ravi):
        got: dict[str, bytes] = {}
        found = packages.unpack(path, who.secret, nothing, lambda item, chunks, got=got: got.__setitem__(item.name, b"".join(chunks)))
        assert (found, got) == (made, FILES_INSIDE)
    assert not any(word in path.read_bytes() for word in (b"Walk", b"Jane", b"Scans", b"%PDF"))


def test_it_is_an_age_file_with_a_tar_inside(package, ravi):
    path, _made = package
    inside = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(ravi.secret)])
    with tarfile.open(fileobj=io.BytesIO(inside)) as tar:
        assert tar.getnames() == ["manifest.json", "manifest.sig", *(f"files/{name}" for name in FILES_INSIDE)]
        assert tar.extractfile("files/Walk 1.pdf").read() == FILES_INSIDE["Walk 1.pdf"]




def test_wrong_recipient_cut_altered_and_longer(package, tmp_path, ravi):
    path, _made = package
    whole = path.read_bytes()
    assert refused(path, Officer("Eve Example")) == "not_for_you"
    other = tmp_path / "b.age"
    for content, codes in ((whole[:10], {"not_a_package"}), (whole[:90], {"altered"}), (whole[:-40], {"altered", "cut"}),
                           (whole + b"x", {"altered"}),
                           (whole[:-3] + bytes((whole[-3] ^ 1,)) + whole[-2:], {"altered"}), (b"", {"not_a_package"})):
        other.write_bytes(content)
        assert refused(other, ravi) in codes


def test_a_long_one_that_was_cut_is_called_cut(tmp_path, jane, ravi):
    path = tmp_path / "long.age"
    sealed(path, jane, [ravi], {"scan.pdf": os.urandom(400_000)})
    whole = path.read_bytes()
    path.write_bytes(whole[:300_000])
    assert refused(path, ravi) == "cut"
    path.write_bytes(whole[:64 * 1024 * 3 + 500] + whole[64 * 1024 * 4 + 500:])
    assert refused(path, ravi) in ("altered", "cut")


def test_who_signed_is_checked_before_anything_else(tmp_path, jane, ravi):
    eve = Officer("Eve Example")
    made = manifest(jane, [ravi], [packages.held("a.txt", b"x")])
    path = tmp_path / "forged.age"
    path.write_bytes(pyrage.encrypt(container(made, eve, {"a.txt": b"x"}), [pyrage.x25519.Recipient.from_str(ravi.card.age)]))
    assert refused(path, ravi) == "forged"


@pytest.mark.parametrize("name", ["../x", "a/b", "a\\b", "", ".", "..", ".ssh", "c:x", "NUL", "com1.txt", "x\0y", "x\ny", "a" * 95,
                                  "trailing.", "space ", "\u202egpj.exe", "a*b", "\ud800"])
def test_names_that_could_leave_their_folder(name):
    with pytest.raises(BadPackage) as problem:
        check_name(name)
    assert problem.value.code == "bad_name"


def test_two_of_one_name_and_sizes_beyond_sense():
    one = Item("Scan.pdf", 1, "0" * 64)
    for items, code in (((one, Item("scan.PDF", 1, "0" * 64)), "bad_name"), ((Item("a", 2 ** 40, "0" * 64),), "too_large"),
                        ((one,) * 20_001, "too_large")):
        with pytest.raises(BadPackage) as problem:
            check_items(items)
        assert problem.value.code == code


@pytest.mark.parametrize("files", [{"a.txt": b"y"}, {"a.txt": b"xx"}, {"b.txt": b"x"}, {}, {"a.txt": b"x", "c.txt": b""}])
def test_files_that_the_manifest_does_not_name(tmp_path, jane, ravi, files):
    made = manifest(jane, [ravi], [packages.held("a.txt", b"x")])
    with pytest.raises(BadPackage) as problem:
        packages.walk(io.BytesIO(container(made, jane, files)), nothing)
    assert problem.value.code in ("altered", "cut")


def test_a_file_that_changes_while_it_is_sealed(tmp_path, jane, ravi):
    growing = tmp_path / "log.txt"
    growing.write_bytes(b"one")
    contents = [packages.file_content(growing)]
    made = manifest(jane, [ravi], contents)
    for after in (b"two", b"longer", b""):
        growing.write_bytes(after)
        with (tmp_path / "a.age").open("wb") as file, pytest.raises(BadPackage) as problem:
            packages.seal(file, made, jane.key.sign, contents)
        assert problem.value.code == "changed"


def test_keys_as_age_writes_them():
    raw = os.urandom(32)
    identity = pyrage.x25519.Identity.from_str(ages.secret_key(raw))
    assert str(identity.to_public()) == ages.public_key(raw)
    assert ages.is_key(ages.public_key(raw))
    assert not ages.is_key(ages.public_key(raw)[:-1] + "b") and not ages.is_key("age1") and not ages.is_key("")


def test_notes_are_sealed_and_signed(jane, ravi):
    said = notes.signed(b"whole", jane.key.sign, b"words\n")
    content, signature = notes.unsigned(notes.unseal(notes.seal(said, [ravi.card.age]), ravi.secret))
    notes.check(content, signature, jane.card.signing, b"words\n")
    with pytest.raises(BadPackage):
        notes.check(content, signature, jane.card.signing, b"other words\n")
    with pytest.raises(BadPackage):
        notes.check(content, signature, ravi.card.signing, b"words\n")
    with pytest.raises(BadPackage):
        notes.seal(said, ["age1nonsense"])


def mutated(content: bytes, chance: random.Random) -> bytes:
    """One to three faults: bits, cuts, repeats, blocks moved, numbers blown up."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) or 1)
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            data[at:at] = data[at:at + chance.randrange(1, 700)]
        elif kind == 3:
            del data[at:at + chance.randrange(1, 700)]
        elif kind == 4:
            data[at:at + 8] = chance.choice([b"\xff" * 8, b"77777777", bytes(8), b"../../..", b"1" * 8])
        else:
            data += chance.randbytes(chance.randrange(1, 600))
    return bytes(data)


def test_thousands_of_broken_packages_hand_nothing_on(jane, ravi):
    """Inside the age layer (whoever seals to us can write anything there) and outside it."""
    chance = random.Random(os.environ.get("DPDESK_FUZZ_SEED", "26 November"))
    made = manifest(jane, [ravi], [packages.held(name, content) for name, content in FILES_INSIDE.items()])
    inside = container(made, jane, FILES_INSIDE)
    outside = pyrage.encrypt(inside, [pyrage.x25519.Recipient.from_str(ravi.card.age)])
    for case in range(CASES):
        if case % 2:
            broken = mutated(inside, chance)
        else:
            plain = io.BytesIO()
            broken = mutated(outside, chance)
            try:
                worker.unseal(io.BytesIO(broken), plain, ravi.secret)
            except Exception as problem:
                assert worker.reason(problem) in ("not_for_you", "cut", "altered")
            broken = plain.getvalue()
        try:
            found = packages.walk(io.BytesIO(broken), nothing)
        except BadPackage as problem:
            assert problem.code in ("altered", "cut", "forged", "too_large", "bad_name", "newer")
        else:
            assert found == made and broken == inside
