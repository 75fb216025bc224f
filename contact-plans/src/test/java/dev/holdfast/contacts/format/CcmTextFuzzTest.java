package dev.holdfast.contacts.format;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** No text makes reading throw, and what is read prints as itself. */
class CcmTextFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    FuzzedPlan.readAndPrint(bytes, PlanFormat.CCM);
  }
}
