"""The tests: one package per area, so that files of the same name do not collide."""
