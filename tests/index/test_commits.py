from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.commits import COMMIT, with_commits

articles = st.lists(
    st.tuples(st.sampled_from("абвгд"), st.integers(0, 9)).map(
        lambda pair: Article(id=pair[0], text=str(pair[1]))
    )
)


@given(articles, st.integers(1, 6))
def test_the_last_state_of_each_article_is_committed_and_an_id_comes_once_a_commit(rows, every):
    stored, batch, n_rows = {}, {}, 0
    for item in with_commits(rows, every):
        if item is COMMIT:
            assert batch
            stored |= batch
            batch = {}
        else:
            article, n = item
            assert article.id not in batch
            batch[article.id] = article
            n_rows += n
    assert not batch
    assert n_rows == len(rows)
    assert {id: article.text for id, article in stored.items()} == {r.id: r.text for r in rows}


def test_repetitions_force_no_commits():
    rows = [Article(id=str(n % 200), text=str(n)) for n in range(600)]
    assert sum(item is COMMIT for item in with_commits(rows, 1000)) == 2
