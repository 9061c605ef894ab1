@rem npm scripts hand their process over by `exec`, so that a signal to npm reaches it; cmd.exe has none, and runs what follows.
@%*
