"""How a home that the demo made is known. Apart from the settings: the help of the command line loads nothing heavy."""

DEMO_MARK = ".rasoat-demo"  # a file in the home
