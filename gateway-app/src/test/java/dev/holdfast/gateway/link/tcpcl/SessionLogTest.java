package dev.holdfast.gateway.link.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.tcpcl.MsgRejectReason;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SessionLogTest {
  @Test
  void saysWhoEndsASessionAndWhy() {
    assertThat(SessionLog.words(new TcpclOutput.Terminated(SessTermReason.UNKNOWN, false)))
        .isEqualTo("the session is being ended");
    assertThat(SessionLog.words(new TcpclOutput.Terminated(SessTermReason.BUSY, true)))
        .isEqualTo("the peer ends the session: too busy for it");
  }

  @ParameterizedTest
  @EnumSource
  void noReasonIsACodeName(SessTermReason reason) {
    assertThat(SessionLog.words(new TcpclOutput.Terminated(reason, true)))
        .doesNotContain(reason.name());
  }

  @Test
  void saysWhyAMessageWasRejected() {
    assertThat(SessionLog.words(new TcpclOutput.Rejected(MsgRejectReason.TYPE_UNKNOWN, 9)))
        .isEqualTo("the peer rejected a message of type 9: it does not know such messages");
  }
}
