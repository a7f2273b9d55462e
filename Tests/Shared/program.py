"""A real `mentord serve`: started, looked into, stopped."""

import json
import os
import subprocess
import threading

from people import Person
from waiting import until

ROW_COUNTS = """
    select 'work', count(*)::text from jobs where dead_at is null and (due_at <= now() or lease is not null
        or (kind in ('mentor.supply', 'session.timer', 'poll') and due_at < now() + interval '{ahead} seconds'))
    union all
    select table_name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', table_name), false, true, '')))[1]::text
    from information_schema.tables where table_schema = 'public'
"""


# Debian has a script before it, which costs more than the query.
PSQL = os.path.join(subprocess.check_output(["pg_config", "--bindir"], text=True).strip(), "psql")


class Program:
    starts_with = ["serve"]

    def __init__(self, program, settings, environment=None):
        self.program = program
        self.data = settings["data"]
        self.environment = environment
        self.settings = [word for pair in settings.items() for word in ("--set", "=".join(pair))]
        self.log = []
        self.listens = threading.Event()
        self.ended = threading.Event()
        # Its input ends with these tests, however they end.
        self.process = subprocess.Popen(
            [program, *self.starts_with, "--until-input-ends", *self.settings], stdin=subprocess.PIPE,
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env=environment)
        threading.Thread(target=self.follow_log, daemon=True).start()

    def follow_log(self):
        for line in self.process.stderr:
            self.log.append(line)
            if line.startswith("{") and json.loads(line)["message"] == "listening":
                self.listens.set()
        self.ended.set()
        self.listens.set()

    def await_listening(self):
        assert self.listens.wait(120) and not self.ended.is_set(), "".join(self.log[-30:])

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    # The command line

    def command(self, *words, check=True):
        return subprocess.run(
            [self.program, *words, *self.settings], capture_output=True, text=True, check=check, timeout=60,
            env=self.environment).stdout

    def open_account(self, username):
        self.command("account", "create", username, "--name", username.title(), "--email", f"{username}@school.example")
        return Person(self, username)

    def token(self, username, scopes="read write", name="tests"):
        return self.command("token", "create", username, "--scopes", scopes, "--name", name).strip()

    def set_password(self, username, password):
        subprocess.run(
            [self.program, "account", "password", username, "--password-stdin", *self.settings], input=password + "\n",
            text=True, capture_output=True, check=True, timeout=60, env=self.environment)

    # What people do through a client

    def act(self, person, *words, check=True):
        """Lets somebody do something; gives what the command prints. Without `check` a refusal gives nothing."""
        done = subprocess.run(
            [self.program, "act", *words, "--as", person.username, *self.settings], capture_output=True, text=True,
            timeout=60, env=self.environment)
        assert done.returncode == 0 or not check, f"{words}: {done.stderr or done.stdout}"
        return done.stdout.strip() if done.returncode == 0 else ""

    def show(self, person, *words, check=True):
        """What somebody sees: a list of JSON objects."""
        return [json.loads(line) for line in self.act(person, "show", *words, check=check).splitlines()]

    # The database

    def sql(self, query):
        """The rows of a query on the private cluster, each a list of texts."""
        output = subprocess.run(
            [PSQL, "-h", f"{self.data}/postgresql/socket", "-U", "mentord", "-d", "mentord", "-XAt", "-F", "\x1f",
             "-R", "\x1e", "-c", query],
            capture_output=True, text=True, check=True, timeout=30).stdout
        return [row.split("\x1f") for row in output.removesuffix("\n").split("\x1e") if row]

    def row_counts(self, ahead=2):
        """How many rows every table has, once no work is waiting, and the clock brings none in so many seconds."""

        def look():
            counts = dict(self.sql(ROW_COUNTS.replace("{ahead}", str(ahead))))
            return counts if counts.pop("work") == "0" else None

        return until(look, "rest in the queue")

    def end_waits(self, sessions):
        """Lets the clock do now what it does when somebody had to have answered, and was reminded before."""
        ids = ", ".join(f"'{session}'" for session in sessions)
        self.sql(f"update sessions set reminded_at = answer_by where id in ({ids})")
        self.sql(
            "update jobs set due_at = now(), payload = payload || jsonb_build_object('at', (select "
            "to_char(answer_by at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"') from sessions "
            f"where id::text = payload->>'session')) where kind = 'session.timer' and payload->>'session' in ({ids})")
        self.sql("select pg_notify('mentord_jobs', '')")

    def sent_activities(self):
        return [json.loads(row[0]) for row in self.sql("select body from activities order by id")]
