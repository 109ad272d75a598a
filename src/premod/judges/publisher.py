"""Placeholder."""
from premod.domain.verdict import Verdict
class PublisherJudge:
    name="publisher"
    def judge(self, submissions):
        return [Verdict(self.name) for s in submissions]
