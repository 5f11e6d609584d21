"""What annotation needs, loaded on import: by the process that workers are forked from."""

import gc

from index.annotation import annotate
from index.article import Article

list(annotate([Article("", text="В Баку выступил Фарид Шафиев из МИД Азербайджана.")]))
gc.freeze()
