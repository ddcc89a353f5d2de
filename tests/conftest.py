"""Conftest: how much the random tests do, here and in `make soak`."""

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine: a test that fails by chance holds back somebody else's change. `make soak` looks
# for new ones.
settings.register_profile(
    "test",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("soak", settings.get_profile("test"), derandomize=False, max_examples=1000)


def pytest_configure(config: pytest.Config) -> None:
    """Chooses the profile before any test is imported."""
    settings.load_profile("soak" if config.option.markexpr == "soak" else "test")
