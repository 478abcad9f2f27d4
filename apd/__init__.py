"""dk-apd: DK-APD appointment documents (aftaledokumenter) made, read, changed, validated, written.

::

    import apd

    document = apd.load("aftale.xml")
    report = apd.validate(Path("aftale.xml"))
    data = apd.dumps(document)
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # type checkers take it for true; typing is not imported for it

if TYPE_CHECKING:
    from apd._public import *  # noqa: F403
    from apd._public import __all__ as __all__
else:
    # Nothing is imported before the first name is asked for: the command line, and whoever wants
    # one room of the house alone, start without the rest.

    def __getattr__(name: str) -> object:
        if name.startswith("_") and name != "__all__":  # what Python itself asks a module for
            raise AttributeError(f"module 'apd' has no attribute '{name}'")
        from apd import _public

        if name not in globals():  # as a module is that came with them
            globals()[name] = getattr(_public, name)
        return globals()[name]

    def __dir__() -> list[str]:
        public: list[str] = __getattr__("__all__")  # type: ignore[assignment]
        rooms = (name for name, value in globals().items() if hasattr(value, "__all__"))
        own = (name for name in globals() if name.startswith("__"))
        return sorted({*public, *rooms, *own} - {"_public"})
