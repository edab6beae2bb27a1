"""Everything read and derived made again from the archive, in an empty store, and compared row by row with the store in use.

`received_again` reads the archive strictly and says what was received; `replay` goes through the steps of the pipeline as they went;
`verify` compares and adds up; `manifest` and `signature` write down what was equal, so that a later day can be held to it.
"""
