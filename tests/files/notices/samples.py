"""Notices in every format that is read, as their senders would write them; none is a real one."""

from __future__ import annotations

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Maintenance//EN
METHOD:PUBLISH
BEGIN:VTIMEZONE
TZID:Here
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Core router\\, first night
DTSTART:20260310T010000Z
DTEND:20260310T040000Z
DTSTAMP:20260301T080506Z
UID:42
SEQUENCE:1
X-MAINTNOTE-PROVIDER:example.com
X-MAINTNOTE-ACCOUNT:137.035999173
X-MAINTNOTE-MAINTENANCE-ID:WorkOrder-31415
X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=NO-IMPACT:acme-1
X-MAINTNOTE-OBJECT-ID:acme-2
X-MAINTNOTE-IMPACT:OUTAGE
X-MAINTNOTE-STATUS:CONFIRMED
ORGANIZER;CN="Example NOC; night":mailto:noc@example.com
DESCRIPTION:A long text that is folded acr
 oss two lines\\nand has two of its own.
BEGIN:VALARM
TRIGGER:-PT15M
END:VALARM
END:VEVENT
BEGIN:VEVENT
SUMMARY:Weekly window
DTSTART;TZID=Here:20260323T020000
DURATION:PT2H
RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO
DTSTAMP:20260301T080506Z
UID:weekly@example.com
ORGANIZER;CN=Example:mailto:noc@example.com
RESOURCES:acme-3,acme-4
STATUS:TENTATIVE
END:VEVENT
END:VCALENDAR
"""

STATUSPAGE = """\
{"page": {"id": "k1", "name": "Example", "url": "https://status.example.com"},
 "incidents": [
  {"id": "i1", "name": "Calls fail", "status": "resolved", "impact": "minor",
   "created_at": "2026-03-03T07:00:00Z", "updated_at": "2026-03-03T09:00:00.250Z",
   "started_at": "2026-03-03T08:00:00+01:00", "resolved_at": "2026-03-03T08:45:00Z",
   "incident_updates": [
    {"body": "<p>Fixed &amp; watched.</p>", "display_at": "2026-03-03T08:45:00Z", "affected_components": null},
    {"body": "We look.", "display_at": "2026-03-03T07:10:00Z",
     "affected_components": [{"name": "SIP trunks", "old_status": "operational", "new_status": "partial_outage"}]}]}],
 "scheduled_maintenances": [
  {"id": "m1", "name": "Upgrade", "status": "scheduled", "impact": "maintenance",
   "created_at": "2026-03-01T07:00:00Z", "updated_at": "2026-03-01T07:00:00Z",
   "scheduled_for": "2026-03-10T01:00:00Z", "scheduled_until": "2026-03-10T04:00:00Z",
   "incident_updates": [], "components": [{"name": "acme-2", "status": "under_maintenance"}]}]}
"""

INCIDENT = """\
{
  "name": "Calls fail",
  "impact": "minor",
  "updates": [
    {"date": "2026-03-03T08:45:00.000Z", "status": "resolved", "content": "Fixed & watched."},
    {"date": "2026-03-03T07:00:00.000Z", "status": "investigating", "content": "We look."}
  ]
}
"""

MAINTENANCE = """\
{
  "name": "Upgrade",
  "scheduledTime": "2026-03-10T01:00:00.000Z",
  "minutes": "180",
  "content": "The trunks go down.",
  "components": ["acme-2", "acme-2"],
  "updates": []
}
"""

ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>https://status.example.com/</id>
  <title>Example history</title>
  <updated>2026-03-03T09:00:00Z</updated>
  <author><name>Example</name></author>
  <entry>
    <title>Calls fail</title>
    <id>tag:status.example.com,2026:1</id>
    <updated>2026-03-03T09:00:00+01:00</updated>
    <content type="html">&lt;p&gt;&lt;strong&gt;Resolved&lt;/strong&gt; - Done.&lt;/p&gt;&lt;p&gt;&lt;strong&gt;Investigating&lt;/strong&gt; - We look.&lt;/p&gt;</content>
  </entry>
</feed>
"""

RSS = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
  <title>Example status</title>
  <link>https://status.example.com</link>
  <item>
    <title>Upgrade</title>
    <description>&lt;p&gt;&lt;strong&gt;Scheduled&lt;/strong&gt; - Work.&lt;/p&gt;</description>
    <pubDate>Tue, 10 Mar 2026 02:00:00 +0100</pubDate>
    <maintenanceEndDate>Tue, 10 Mar 2026 05:00:00 +0100</maintenanceEndDate>
    <guid>https://status.example.com/1</guid>
  </item>
</channel></rss>
"""

ALERT = """\
<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>A-2</identifier>
  <sender>noc@example.com</sender>
  <sent>2026-03-03T09:00:00+01:00</sent>
  <status>Actual</status>
  <msgType>Update</msgType>
  <scope>Public</scope>
  <references>noc@example.com,A-1,2026-03-03T08:00:00+01:00</references>
  <info>
    <language>sv-SE</language>
    <category>Infra</category>
    <event>Avbrott</event>
    <urgency>Immediate</urgency>
    <severity>Severe</severity>
    <certainty>Observed</certainty>
    <onset>2026-03-03T08:00:00+01:00</onset>
    <expires>2026-03-03T12:00:00+01:00</expires>
    <headline>Telefonin är nere</headline>
    <description>Ring 112 från mobil.</description>
    <parameter><valueName>circuit</valueName><value>acme-1</value></parameter>
    <area><areaDesc>Arvika</areaDesc><geocode><valueName>SCB</valueName><value>1784</value></geocode></area>
  </info>
</alert>
"""

MAIL = (
    """\
From: Example NOC <noc@example.com>
Subject: Planned work
Date: Sun, 1 Mar 2026 09:05:06 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

See the calendar.
--b
Content-Type: text/calendar; charset=utf-8

"""
    + CALENDAR
    + "--b--\n"
)

EVERY = {
    "calendar": CALENDAR,
    "statuspage": STATUSPAGE,
    "incident": INCIDENT,
    "maintenance": MAINTENANCE,
    "atom": ATOM,
    "rss": RSS,
    "cap": ALERT,
    "mail": MAIL,
}
"""One text a format."""
