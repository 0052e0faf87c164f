"""The base of every error that a user may meet.

The tree (each family is declared beside what raises it):

    Problem
    ├── UsageProblem                       exit 2: the user can mend it
    │   ├── contract.system.ContractProblem        a contract set contradicts itself
    │   ├── contract.load.LoadProblem              a name does not lead to an object
    │   ├── contract.description.problem.DescriptionProblem   a document is not fit to be read
    │   ├── contract.derive.published.PublishedProblem   a contract set cannot be published there
    │   ├── contract.compare.value.ComparisonProblem   schemas are too entangled to compare
    │   ├── commands.contracts.source.SourceProblem    OLD or NEW leads nowhere, or to two places
    │   ├── commands.envelope_entry.EnvelopeFileProblem   a file does not name an envelope
    │   ├── commands.explain.ExplainProblem         no rule has that code
    │   ├── commands.foreign_service.ForeignServiceProblem   an address or a header is none
    │   ├── commands.waiver_entry.WaiverProblem     a waiver, or its file, is not as it must be
    │   ├── drive.adopted_set.AdoptionProblem      an imported set cannot be written there
    │   ├── drive.corpus.found.FoundProblem        requests that were found cannot be read
    │   ├── drive.nowhere.NowhereProblem           a service has none of its document's endpoints
    │   ├── drive.revision.RevisionProblem         a contract set cannot be had as it was
    │   ├── drive.publication.project_path.PublicationProblem   a file cannot be read or written
    │   ├── drive.subject.project_file.ProjectFileProblem
    │   ├── drive.subject.placeholder.PlaceholderProblem
    │   ├── drive.cases.conformance.ConformanceProblem  a provocation fits no contract
    │   ├── drive.cases.template.TemplateProblem   a case uses a value that nothing provides
    │   ├── drive.typescript.type_comparison.TypeScriptProblem   a file cannot be compared
    │   ├── record.stream.RecordProblem            a saved record cannot be read
    │   └── judge.registry.RegistryProblem         a rule is not what a rule must be
    └── HarnessProblem                     exit 3: the harness itself could not run
        ├── drive.subject.toolchain.ToolchainProblem
        ├── drive.subject.deployment.BootProblem
        ├── drive.adopted_set.UnloadableProblem
        ├── drive.typescript.type_comparison.CompilerProblem
        └── drive.edges.proxy.ProxyProblem
"""

from __future__ import annotations


class Problem(Exception):
    """What went wrong, said so that its reader can mend it.

    Attributes:
        expected: what would have been right.
        seen: what was there instead.
        where: the file, line, name or address.
        mend: what to do about it.
        exit_code: 2 for usage and configuration, 3 where the harness could not run.
    """

    exit_code = 3

    def __init__(self, *, expected: str, seen: str, where: str, mend: str) -> None:
        """Keep the four parts; the message is made of them."""
        super().__init__(expected, seen, where, mend)
        self.expected = expected
        self.seen = seen
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        """Four short lines, in the order in which they are needed."""
        return (
            f"{self.where}\n"
            f"  expected: {self.expected}\n"
            f"  seen:     {self.seen}\n"
            f"  mend:     {self.mend}"
        )


class UsageProblem(Problem):
    """Bad input: the user can mend it (exit code 2)."""

    exit_code = 2


class HarnessProblem(Problem):
    """The harness itself could not run (exit code 3)."""
