//! Reads one bundle per line in hexadecimal and prints, for each, one line of JSON that says what the crate bp7 decoded.
//!
//! Decoded:     {"ok":true,"crc_ok":…,"same_bytes":…,"primary":{…},"blocks":[{…},…]}
//! Not decoded: {"ok":false,"error":"…"}
//!
//! `crc_ok` is bp7's verdict over all blocks, `same_bytes` whether bp7 encodes what it decoded to the very bytes it read.

use bp7::bundle::Bundle;
use bp7::canonical::{CanonicalBlock, CanonicalData};
use bp7::crc::{CrcBlock, CrcValue};
use bp7::primary::PrimaryBlock;
use serde_json::{json, Value};
use std::convert::TryFrom;
use std::io::{self, BufRead, BufWriter, Write};
use std::panic::{self, AssertUnwindSafe};

fn main() -> io::Result<()> {
    panic::set_hook(Box::new(|_| {}));
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let verdict = panic::catch_unwind(AssertUnwindSafe(|| verdict(line.trim())))
            .unwrap_or_else(|_| json!({"ok": false, "error": "the decoder panicked"}));
        writeln!(out, "{verdict}")?;
    }
    out.flush()
}

fn verdict(text: &str) -> Value {
    let Some(octets) = octets(text) else {
        return json!({"ok": false, "error": "not hexadecimal"});
    };
    let mut bundle = match Bundle::try_from(octets.as_slice()) {
        Ok(bundle) => bundle,
        Err(error) => return json!({"ok": false, "error": error.to_string()}),
    };
    let primary = primary(&bundle.primary);
    let blocks: Vec<Value> = bundle.canonicals.iter().map(canonical).collect();
    let crc_ok = bundle.crc_valid();
    let same_bytes = bundle.to_cbor() == octets;
    json!({"ok": true, "crc_ok": crc_ok, "same_bytes": same_bytes, "primary": primary, "blocks": blocks})
}

fn primary(block: &PrimaryBlock) -> Value {
    let fragment = match block.has_fragmentation() {
        true => json!({"offset": block.fragmentation_offset, "total": block.total_data_length}),
        false => Value::Null,
    };
    json!({
        "flags": block.bundle_control_flags,
        "crc_type": block.crc.to_code(),
        "crc": crc(block.crc_value()),
        "destination": block.destination.to_string(),
        "source": block.source.to_string(),
        "report_to": block.report_to.to_string(),
        "creation_time": block.creation_timestamp.dtntime(),
        "sequence": block.creation_timestamp.seqno(),
        "lifetime_ms": block.lifetime.as_millis() as u64,
        "fragment": fragment,
    })
}

fn canonical(block: &CanonicalBlock) -> Value {
    let (kind, data) = match block.data() {
        CanonicalData::Data(octets) => ("payload", json!(hex(octets))),
        CanonicalData::PreviousNode(eid) => ("previous-node", json!(eid.to_string())),
        CanonicalData::BundleAge(age) => ("bundle-age", json!(age)),
        CanonicalData::HopCount(limit, count) => ("hop-count", json!({"limit": limit, "count": count})),
        CanonicalData::Unknown(octets) => ("unknown", json!(hex(octets))),
        CanonicalData::DecodingError => ("undecodable", Value::Null),
    };
    json!({
        "type": block.block_type,
        "number": block.block_number,
        "flags": block.block_control_flags,
        "crc_type": block.crc.to_code(),
        "crc": crc(block.crc_value()),
        "kind": kind,
        "data": data,
    })
}

fn crc(value: &CrcValue) -> String {
    value.bytes().map(hex).unwrap_or_default()
}

fn hex(octets: impl AsRef<[u8]>) -> String {
    octets.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

fn octets(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || text.len() % 2 != 0 {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
