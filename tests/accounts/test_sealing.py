import pytest

from siptenan.accounts.sealing import SealBrokenError, seal, unseal


def test_comes_back_as_it_went_in():
    assert unseal(seal("rahasia ♥")) == "rahasia ♥"


def test_never_looks_the_same_twice():
    assert seal("rahasia") != seal("rahasia")


def test_opens_with_a_key_of_the_fallbacks(settings):
    sealed = seal("rahasia")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, ["a" * 50, settings.SECRET_KEY]
    assert unseal(sealed) == "rahasia"


@pytest.mark.parametrize("damage", [lambda text: text[:-3], lambda text: "", lambda text: "bukan segel", str.lower])
def test_refuses_what_was_tampered_with(damage):
    with pytest.raises(SealBrokenError):
        unseal(damage(seal("rahasia")))


def test_refuses_what_another_key_sealed(settings):
    sealed = seal("rahasia")
    settings.SECRET_KEY = "b" * 50
    with pytest.raises(SealBrokenError):
        unseal(sealed)
