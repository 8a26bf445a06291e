-- AlterTable
ALTER TABLE "metric" ADD COLUMN     "definition" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "owner" TEXT NOT NULL DEFAULT '';

-- What was a column each is one document now.
UPDATE "metric" SET "definition" = jsonb_build_object('type', "type", 'event', "event", 'direction', "direction", 'unitLabel', "unitLabel", 'windowHours', "windowHours");

-- AlterTable
ALTER TABLE "metric" ALTER COLUMN "definition" DROP DEFAULT,
DROP COLUMN "direction",
DROP COLUMN "event",
DROP COLUMN "type",
DROP COLUMN "unitLabel",
DROP COLUMN "windowHours";

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "bots" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "taskCount" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "metric_revision" (
    "metricId" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "definition" JSONB NOT NULL,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,
    "changedBy" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "metric_revision_pkey" PRIMARY KEY ("metricId","revision")
);

-- CreateTable
CREATE TABLE "experiment_phase" (
    "experimentId" UUID NOT NULL,
    "phase" INTEGER NOT NULL,
    "plan" TEXT NOT NULL,
    "planHash" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedBy" TEXT NOT NULL,
    "endedAt" TIMESTAMPTZ(3),
    "reason" TEXT,

    CONSTRAINT "experiment_phase_pkey" PRIMARY KEY ("experimentId","phase")
);

-- CreateTable
CREATE TABLE "experiment_deviation" (
    "id" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "phase" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "registered" TEXT NOT NULL,
    "now" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "experiment_deviation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "learning" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "experimentId" UUID NOT NULL,
    "hypothesisId" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "belief" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "choice" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "wrong" BOOLEAN NOT NULL,
    "metric" TEXT NOT NULL,
    "lift" DOUBLE PRECISION,
    "liftLower" DOUBLE PRECISION,
    "liftUpper" DOUBLE PRECISION,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "learning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "experimentId" UUID,
    "flagId" UUID,
    "assignee" TEXT NOT NULL DEFAULT '',
    "dueAt" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "doneAt" TIMESTAMPTZ(3),
    "doneBy" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_schedule" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "source" JSONB NOT NULL,
    "format" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "destination" JSONB NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "nextRunAt" TIMESTAMPTZ(3) NOT NULL,
    "lastRunAt" TIMESTAMPTZ(3),
    "lastRun" JSONB,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "export_schedule_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "experiment_deviation_experimentId_idx" ON "experiment_deviation"("experimentId");

-- CreateIndex
CREATE UNIQUE INDEX "learning_experimentId_key" ON "learning"("experimentId");

-- CreateIndex
CREATE INDEX "learning_projectId_at_idx" ON "learning"("projectId", "at");

-- CreateIndex
CREATE INDEX "task_projectId_doneAt_idx" ON "task"("projectId", "doneAt");

-- CreateIndex
CREATE UNIQUE INDEX "task_projectId_key_key" ON "task"("projectId", "key");

-- CreateIndex
CREATE INDEX "export_schedule_enabled_nextRunAt_idx" ON "export_schedule"("enabled", "nextRunAt");

-- CreateIndex
CREATE UNIQUE INDEX "export_schedule_projectId_name_key" ON "export_schedule"("projectId", "name");

-- AddForeignKey
ALTER TABLE "metric_revision" ADD CONSTRAINT "metric_revision_metricId_fkey" FOREIGN KEY ("metricId") REFERENCES "metric"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment_phase" ADD CONSTRAINT "experiment_phase_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "experiment_deviation" ADD CONSTRAINT "experiment_deviation_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learning" ADD CONSTRAINT "learning_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learning" ADD CONSTRAINT "learning_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "learning" ADD CONSTRAINT "learning_hypothesisId_fkey" FOREIGN KEY ("hypothesisId") REFERENCES "hypothesis"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_experimentId_fkey" FOREIGN KEY ("experimentId") REFERENCES "experiment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_flagId_fkey" FOREIGN KEY ("flagId") REFERENCES "flag"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "export_schedule" ADD CONSTRAINT "export_schedule_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The history of a metric begins with what it is now. Plans hold earlier definitions by value.
INSERT INTO "metric_revision" ("metricId", "revision", "name", "description", "owner", "definition", "changedAt", "changedBy")
SELECT "id", "revision", "name", "description", "owner", "definition", "changedAt", "changedBy" FROM "metric";

-- The phase that a started experiment is in.
INSERT INTO "experiment_phase" ("experimentId", "phase", "plan", "planHash", "startedAt", "startedBy", "endedAt")
SELECT "id", "phase", "plan", "planHash", "startedAt", '', "endedAt" FROM "experiment" WHERE "plan" IS NOT NULL AND "planHash" IS NOT NULL AND "startedAt" IS NOT NULL;

-- Full text search.
CREATE INDEX "learning_words_idx" ON "learning" USING GIN (to_tsvector('english', "title" || ' ' || "belief" || ' ' || "text"));
