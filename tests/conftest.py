"""What holds for every test."""

from hypothesis import HealthCheck, settings

# A machine that runs everything at once is slow, and how fast something is, is for benchmarks to say.
settings.register_profile("querent", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("querent")
