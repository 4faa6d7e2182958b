"""The commands `duban serve` and `duban manage`. What they use is imported when they run."""

from __future__ import annotations

import click

__all__ = ["manage", "serve"]


@click.command()
@click.option("--demo", is_flag=True, help="A sample city with accounts everybody knows. 样例城市")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on. 监听地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口")
@click.option("--workers", type=click.IntRange(min=1), default=1, show_default=True, help="Processes. 进程数")
def serve(*, demo: bool, host: str, port: int, workers: int) -> None:
    """Serve the office's screens. 启动督办系统

    Without settings it is a desk: SQLite in a folder of yours, reachable from this machine alone.

    \b
    duban serve --demo     look around in an invented city 看样例
    duban serve            start for real 正式使用
    """
    from duban.web import server

    server.serve(demo=demo, host=host, port=port, workers=workers, tell=click.echo)


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "help_option_names": [],
        "allow_interspersed_args": False,
    }
)
@click.argument("arguments", nargs=-1, metavar="COMMAND…")
def manage(*, arguments: tuple[str, ...]) -> None:
    """Look after the office's installation: migrate, backup, restore… 维护

    \b
    duban manage help                 the commands there are 命令列表
    duban manage migrate              bring the database up to date 升级数据库
    duban manage administrator NAME   the first account 建立第一个账号
    duban manage backup FILE          database and files in one archive 备份
    duban manage restore FILE         into an empty database 恢复
    duban manage work                 lights, reminders, mail, until stopped 后台任务
    duban manage jobs                 what ran, waits, failed 后台任务情况
    """
    from duban.web import server

    server.manage(list(arguments))
