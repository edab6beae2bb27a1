from extractors.citations.component import NumberTokenizer, blank_vi

TEXT = "Theo  khoản 2 Điều 5 Nghị định số 63/2010/NĐ-CP ngày 08/6/2010. Luật Đất đai năm 2013.\n 18/2024/TT-BCANghị định"


def test_marks_mentions_on_the_document() -> None:
    nlp = blank_vi()
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("rasoat_citations")
    doc = nlp(TEXT)
    assert [mention.number for mention in doc._.citations] == ["63/2010/NĐ-CP", None, "18/2024/TT-BCA"]
    assert [span._.provisions for span in doc.spans["citations"]] == [("dieu-5/khoan-2",), (), ()]
    assert [entity.label_ for entity in doc.ents] == ["CITATION"] * 3
    assert all(doc.text[mention.start : mention.end] == mention.quote for mention in doc._.citations)


def test_tokens_round_trip_and_keep_numbers_whole() -> None:
    tokenizer = NumberTokenizer(blank_vi().vocab)
    doc = tokenizer(TEXT)
    assert doc.text == TEXT
    assert "63/2010/NĐ-CP" in [token.text for token in doc]
    assert tokenizer("").text == ""
