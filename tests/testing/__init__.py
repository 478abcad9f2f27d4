"""The strategies that other people's tests are made with."""
