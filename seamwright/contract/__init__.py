"""What was promised: frozen values without I/O."""

from seamwright.contract.answer import Answer
from seamwright.contract.checklist import CHECKLIST
from seamwright.contract.credential import Credential
from seamwright.contract.edge import Edge, Mode, Protocol
from seamwright.contract.endpoint import Endpoint
from seamwright.contract.envelope import Envelope, Exemption, Form, Member, Role
from seamwright.contract.error import ErrorCode
from seamwright.contract.health import Health
from seamwright.contract.message import Message, Nullable, Root
from seamwright.contract.ownership import Entity
from seamwright.contract.rate_limit import RateLimit
from seamwright.contract.recovery import Recovery
from seamwright.contract.request_id import RequestId
from seamwright.contract.requirement import Requirement
from seamwright.contract.service import Dependency, Service
from seamwright.contract.system import ContractProblem, System
from seamwright.contract.version import Version

__all__ = [
    "CHECKLIST",
    "Answer",
    "ContractProblem",
    "Credential",
    "Dependency",
    "Edge",
    "Endpoint",
    "Entity",
    "Envelope",
    "ErrorCode",
    "Exemption",
    "Form",
    "Health",
    "Member",
    "Message",
    "Mode",
    "Nullable",
    "Protocol",
    "RateLimit",
    "Recovery",
    "RequestId",
    "Requirement",
    "Role",
    "Root",
    "Service",
    "System",
    "Version",
]
