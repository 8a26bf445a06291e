-- AlterTable
ALTER TABLE "sdk_key" ADD COLUMN     "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN     "lastUsedBy" TEXT,
ADD COLUMN     "replacedById" UUID;

-- CreateIndex
CREATE UNIQUE INDEX "sdk_key_replacedById_key" ON "sdk_key"("replacedById");

-- AddForeignKey
ALTER TABLE "sdk_key" ADD CONSTRAINT "sdk_key_replacedById_fkey" FOREIGN KEY ("replacedById") REFERENCES "sdk_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;
