package dev.holdfast.contacts.chart;

/** The colours of a picture, by day and by night. */
final class SvgStyle {
  /**
   * No variables and no external fonts, so that every viewer understands it. Orange is the route
   * and nothing else; the line of the present is neutral.
   */
  static final String CSS =
      """
      <style>
      text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:#1c2733}
      .h{font-size:16px;font-weight:600}.m{fill:#5b6876}.s{font-size:11px;fill:#5b6876}
      .e{font-size:11px;font-weight:600;fill:#3b4754}
      .w{font:11.5px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}
      .bg{fill:#fff}.z{fill:#f5f7fa}.rz{fill:#fdf3e8}
      .g{stroke:#e3e8ee}.ge{stroke:#c3ccd6}.ax{stroke:#9aa6b3}
      .f{fill:#6f9fd8}.b{fill:#63b3a4}.fu{fill:#1f4f8f}.bu{fill:#1b6558}
      .p{stroke-width:1;stroke-dasharray:3 2}.f.p{stroke:#1f4f8f}.b.p{stroke:#1b6558}
      .t{fill:#d95f02}.wt{stroke:#d95f02;stroke-width:2;stroke-dasharray:1.5 4;stroke-linecap:round}
      .lt{stroke:#d95f02;stroke-width:2;stroke-linecap:round}
      .n{stroke:#1c2733;stroke-dasharray:5 3}.nt{font-size:11px;font-weight:600}
      @media (prefers-color-scheme:dark){
      text{fill:#e2e8f0}.m,.s{fill:#98a5b4}.e{fill:#c5cfda}
      .bg{fill:#11161d}.z{fill:#171e27}.rz{fill:#2a2015}
      .g{stroke:#222b36}.ge{stroke:#3a4653}.ax{stroke:#5d6a78}
      .f{fill:#3f74b5}.b{fill:#2f8274}.fu{fill:#b5d3f7}.bu{fill:#a5e5d7}
      .f.p{stroke:#b5d3f7}.b.p{stroke:#a5e5d7}
      .t{fill:#ff9a4a}.wt,.lt{stroke:#ff9a4a}.n{stroke:#e2e8f0}}
      </style>
      """;

  private SvgStyle() {}
}
