"""Control mode (-C, -CC): what programs that drive tmux through lines of text see of the server.

`client` takes the lines and frames the answers, `output` is the way out with its flow control,
`notifications` and `subscriptions` say what has changed.
"""
