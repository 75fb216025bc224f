package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTextTest {
  @Test
  void readsContacts() {
    String text =
        """
        from,to,start_s,end_s,rate_bytes_per_s,owlt_s
        # no comment is a contact

        1,2,0.0,10.5,1000.0,1.25
        2, 1, 0, 10, 7, 0, 1
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(contact(1, 2, 0, 10.5, 1000, 1.25), contact(2, 1, 0, 10, 7, 0));
    assertThat(Readings.contacts("1,2,0.0,10.0,1000.0,1\n")).hasSize(1);
    assertThat(Readings.problems(text, ReadOptions.STRICT))
        .containsExactly(
            "p:1:1: CSV times count from an epoch that the file does not name; give an epoch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          1,2,0,10,1000        ~ 1:1: the line has 5 fields; expected from,to,start_s,end_s,rate_bytes_per_s,owlt_s[,confidence]
          1,x,0,10,1000,0      ~ 1:3: the node is 'x'; expected a node number
          1,2,0,9999999999999,1000,0 ~ 1:7: the time is '9999999999999'; expected seconds with up to three decimals, within 2000 to 2249
          1,2,0.0001,10,1000,0 ~ 1:5: the time is '0.0001'; expected seconds with up to three decimals, within 2000 to 2249
          1,2,0,10,10.5,0      ~ 1:10: the rate is '10.5'; expected whole bytes per second, 1 up to 10^12
          1,2,0,10,0,0         ~ 1:10: the rate is '0'; expected whole bytes per second, 1 up to 10^12
          1,2,0,10,5,1.2345    ~ 1:12: the light time is '1.2345'; expected seconds with up to three decimals
          1,2,0,10,5,1,2       ~ 1:14: the confidence is '2'; expected above 0, at most 1
          1,2,10,10,5,1        ~ 1:8: the contact ends when it starts; give an end after the start
          """)
  void tellsWhereAndWhat(String text, String problem) {
    assertThat(Readings.problems(text)).containsExactly("p:" + problem);
  }
}
