BEGIN TRANSACTION;
CREATE TABLE action (
	id INTEGER NOT NULL, 
	verb VARCHAR(20) NOT NULL, 
	actor VARCHAR NOT NULL, 
	console VARCHAR, 
	recorded_at DATETIME NOT NULL, 
	undoes INTEGER, 
	CONSTRAINT pk_action PRIMARY KEY (id), 
	CONSTRAINT uq_action_undoes UNIQUE (undoes), 
	CONSTRAINT fk_action_undoes FOREIGN KEY(undoes) REFERENCES action (id)
);
INSERT INTO "action" VALUES(1,'take_over','王主管','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(2,'mark','王主管','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(3,'mark','小李','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(4,'mark','小李','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(5,'mark','小李','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(6,'undo','小李','console','2026-11-23 01:00:00.000000',5);
INSERT INTO "action" VALUES(7,'log','王主管','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(8,'tell','小李','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(9,'log','小李','console','2026-11-23 01:01:00.000000',NULL);
INSERT INTO "action" VALUES(10,'tell','小李','console','2026-11-23 01:02:00.000000',NULL);
INSERT INTO "action" VALUES(11,'log','小李','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(12,'undo','小李','console','2026-11-23 01:00:00.000000',11);
INSERT INTO "action" VALUES(13,'snooze','王主管','console','2026-11-23 01:00:00.000000',NULL);
INSERT INTO "action" VALUES(14,'close_day','王主管','console','2026-11-23 01:04:00.000000',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001_facts');
CREATE TABLE claim (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	planned DATETIME NOT NULL, 
	basis INTEGER NOT NULL, 
	claimed_at DATETIME NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (id), 
	CONSTRAINT uq_claim_key UNIQUE ("key", stage, planned, basis)
);
INSERT INTO "claim" VALUES(1,'check@2026-11-23','due','2026-11-23 01:00:00.000000',0,'2026-11-23 01:00:00.000000');
CREATE TABLE closing (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	business_date DATE NOT NULL, 
	handover TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	CONSTRAINT pk_closing PRIMARY KEY (id), 
	CONSTRAINT fk_closing_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "closing" VALUES(1,14,'2026-11-22','夜班注意 #1','1/17');
CREATE TABLE duty_seen (
	duty VARCHAR NOT NULL, 
	business_date DATE NOT NULL, 
	CONSTRAINT pk_duty_seen PRIMARY KEY (duty, business_date)
);
INSERT INTO "duty_seen" VALUES('check','2026-11-23');
INSERT INTO "duty_seen" VALUES('ten','2026-11-23');
CREATE TABLE incident (
	number INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	opened_at DATETIME NOT NULL, 
	title VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	line TEXT NOT NULL, 
	shop VARCHAR, 
	assignee VARCHAR, 
	severity VARCHAR(20) NOT NULL, 
	due_at DATETIME, 
	occurrence VARCHAR, 
	CONSTRAINT pk_incident PRIMARY KEY (number), 
	CONSTRAINT fk_incident_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "incident" VALUES(1,7,'2026-11-23 01:00:00.000000','买家说没收到','complaints','投诉 天猫 #88120934 买家说没收到 @小李 !!','tmall','小李','high','2026-11-23 05:00:00.000000','check@2026-11-23');
INSERT INTO "incident" VALUES(2,9,'2026-11-23 01:01:00.000000','破损','logistics','物流 京东 破损','jd',NULL,'normal',NULL,NULL);
INSERT INTO "incident" VALUES(3,11,'2026-11-23 01:00:00.000000','误记','complaints','误记',NULL,NULL,'normal',NULL,NULL);
CREATE TABLE incident_event (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	at DATETIME NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_incident_event PRIMARY KEY (id), 
	CONSTRAINT fk_incident_event_number FOREIGN KEY(number) REFERENCES incident (number), 
	CONSTRAINT fk_incident_event_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "incident_event" VALUES(1,1,8,'note','2026-11-23 01:00:00.000000','已联系快递');
INSERT INTO "incident_event" VALUES(2,2,10,'resolved','2026-11-23 01:02:00.000000','已赔付');
CREATE TABLE incident_order (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	CONSTRAINT pk_incident_order PRIMARY KEY (id), 
	CONSTRAINT fk_incident_order_number FOREIGN KEY(number) REFERENCES incident (number)
);
INSERT INTO "incident_order" VALUES(1,1,'88120934');
INSERT INTO "incident_order" VALUES(2,1,'７７');
CREATE TABLE mark (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	business_date DATE NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	shop VARCHAR, 
	at DATETIME NOT NULL, 
	due DATETIME NOT NULL, 
	grace INTEGER NOT NULL, 
	shops JSON NOT NULL, 
	note TEXT, 
	reason TEXT, 
	delegate VARCHAR, 
	until DATETIME, 
	CONSTRAINT pk_mark PRIMARY KEY (id), 
	CONSTRAINT fk_mark_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "mark" VALUES(1,2,'check@2026-11-23','2026-11-23','done','tmall','2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',900,'["tmall", "jd"]',NULL,NULL,NULL,NULL);
INSERT INTO "mark" VALUES(2,2,'check@2026-11-23','2026-11-23','issue',NULL,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',900,'["tmall", "jd"]','少一件 [red]''; DROP TABLE mark; --',NULL,NULL,NULL);
INSERT INTO "mark" VALUES(3,3,'ten@2026-11-23','2026-11-23','skipped',NULL,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',900,'["tmall", "jd"]',NULL,'店铺休息',NULL,NULL);
INSERT INTO "mark" VALUES(4,4,'list@2026-11-27','2026-11-23','delegated',NULL,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',900,'["tmall", "jd"]',NULL,NULL,'小张','2026-11-23 03:00:00.000000');
INSERT INTO "mark" VALUES(5,5,'oops@2026-11-23','2026-11-23','done',NULL,'2026-11-23 01:00:00.000000','2026-11-23 01:00:00.000000',900,'["tmall", "jd"]',NULL,NULL,NULL,NULL);
CREATE TABLE on_duty (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	CONSTRAINT pk_on_duty PRIMARY KEY (id), 
	CONSTRAINT fk_on_duty_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "on_duty" VALUES(1,1,'王主管');
CREATE TABLE open_incident (
	number INTEGER NOT NULL, 
	CONSTRAINT pk_open_incident PRIMARY KEY (number), 
	CONSTRAINT fk_open_incident_number FOREIGN KEY(number) REFERENCES incident (number)
);
INSERT INTO "open_incident" VALUES(1);
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	mark_id INTEGER NOT NULL, 
	business_date DATE NOT NULL, 
	shop VARCHAR NOT NULL, 
	metric VARCHAR NOT NULL, 
	value FLOAT NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (id), 
	CONSTRAINT fk_reading_mark_id FOREIGN KEY(mark_id) REFERENCES mark (id)
);
INSERT INTO "reading" VALUES(1,1,'2026-11-23','tmall','open',3.0);
CREATE TABLE snooze (
	id INTEGER NOT NULL, 
	action_id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_snooze PRIMARY KEY (id), 
	CONSTRAINT fk_snooze_action_id FOREIGN KEY(action_id) REFERENCES action (id)
);
INSERT INTO "snooze" VALUES(1,13,'ten@2026-11-23','2026-11-23 01:10:00.000000');
CREATE TABLE source (
	hash VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY (hash)
);
INSERT INTO "source" VALUES('625f83bf317433d03603e9d9d0021a68646e87e9f42724da1cb77855b257d1fc','version: 1
# 日程表
');
INSERT INTO "source" VALUES('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855','');
CREATE TABLE version (
	id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	schedule VARCHAR NOT NULL, 
	holidays VARCHAR NOT NULL, 
	CONSTRAINT pk_version PRIMARY KEY (id), 
	CONSTRAINT fk_version_schedule FOREIGN KEY(schedule) REFERENCES source (hash), 
	CONSTRAINT fk_version_holidays FOREIGN KEY(holidays) REFERENCES source (hash)
);
INSERT INTO "version" VALUES(1,'2026-11-23 01:00:00.000000','625f83bf317433d03603e9d9d0021a68646e87e9f42724da1cb77855b257d1fc','e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
CREATE INDEX ix_action_actor_id ON action (actor, id);
CREATE INDEX ix_action_console_id ON action (console, id);
CREATE INDEX ix_mark_action_id ON mark (action_id);
CREATE INDEX ix_mark_key ON mark ("key");
CREATE INDEX ix_mark_business_date_key ON mark (business_date, "key");
CREATE INDEX ix_incident_action_id ON incident (action_id);
CREATE INDEX ix_incident_occurrence ON incident (occurrence);
CREATE INDEX ix_incident_opened_at ON incident (opened_at);
CREATE INDEX ix_snooze_key ON snooze ("key");
CREATE INDEX ix_snooze_action_id ON snooze (action_id);
CREATE INDEX ix_closing_business_date ON closing (business_date);
CREATE INDEX ix_reading_mark_id ON reading (mark_id);
CREATE INDEX ix_reading_business_date_metric_shop ON reading (business_date, metric, shop);
CREATE INDEX ix_incident_order_number ON incident_order (number);
CREATE INDEX ix_incident_order_text ON incident_order (text);
CREATE INDEX ix_incident_event_kind_at ON incident_event (kind, at);
CREATE INDEX ix_incident_event_number ON incident_event (number);
CREATE INDEX ix_incident_event_action_id ON incident_event (action_id);
COMMIT;
