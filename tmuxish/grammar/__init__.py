"""Text and argument vectors -> commands, and commands back to text; key names and numbers.

Nothing here knows the commands themselves: the parser is handed a registry to look names up in, so the
grammar can be read, tested and reused without a server.
"""
