"""The one door through which a message leaves the desk. For an example or a drill it stays shut."""

import asyncio
from datetime import datetime

from errors import NotAllowed
from monitoring.channels import dingtalk, feishu, slack, wecom
from monitoring.channels.mail import send_mail
from monitoring.channels.models import Mail, Message, Outcome, Target
from monitoring.channels.posting import post
from monitoring.models import Problem

ROBOTS = {"wecom": wecom, "dingtalk": dingtalk, "feishu": feishu, "slack": slack}
MAY_LEAVE = ("real", "test")


async def send(
    target: Target, message: Message, *, now: datetime, mail: Mail | None = None, allow_private: bool = False
) -> Outcome:
    """Send once and say what came of it. Raises NotAllowed("channel.never") for anything that is not real, and nothing else."""
    if target.kind not in MAY_LEAVE:
        raise NotAllowed("channel.never", kind=target.kind)
    if target.channel == "email":
        if mail is None:
            return Outcome(Problem("channel.no_mail"))
        return await asyncio.to_thread(send_mail, target, message, mail, now)
    robot = ROBOTS[target.channel]
    answer = await post(robot.request(target, message, now), allow_private)
    return answer if isinstance(answer, Outcome) else robot.verdict(answer)
