"""What people say: decisions on findings, who they are, and what each may do. An append-only log; nothing here is derived from what was
received, and no program decides.

`machine` adds events up, `record` is the one writer, `may` says who may do what, `people` are local accounts, `audited_log` recomputes the chain.
"""
