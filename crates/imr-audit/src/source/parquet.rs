//! Parquet tables, through the row reader of the `parquet` crate: only the columns that are of use, a page at a time.
//!
//! The crate's readers panic on some damaged files, so they run where a panic costs the table and not the run.

use std::fs::File;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row as Record};
use parquet::schema::types::Type;

use super::table::{Columns, Meaning, Row, Table};
use super::{Flow, Sink, unreadable};
use crate::bug;

/// Unpacked bytes that one column of one row group may have.
const COLUMN_BYTES: i64 = 4 << 30;

/// Pushes the letters of a table.
pub(super) fn feed(file: File, name: &str, columns: &Columns, sink: &mut Sink<'_>) -> Flow {
    let reader = match bug::catch(|| SerializedFileReader::new(file)) {
        Ok(Ok(reader)) => reader,
        Ok(Err(error)) => return sink(unreadable(name, damaged(&error.to_string()))),
        Err(_) => return sink(unreadable(name, damaged("its directory cannot be read"))),
    };
    let schema = reader.metadata().file_metadata().schema();
    let names: Vec<String> =
        schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let meaning = match columns.meaning(&names) {
        Ok(meaning) => meaning,
        Err(reason) => return sink(unreadable(name, reason)),
    };
    let columns = reader.metadata().row_groups().iter().flat_map(RowGroupMetaData::columns);
    for column in columns {
        if let Some(reason) = refusal(column) {
            return sink(unreadable(name, reason));
        }
    }
    let projection = match projection(schema, &meaning) {
        Ok(projection) => projection,
        Err(error) => return sink(unreadable(name, damaged(&error))),
    };
    let rows = bug::catch(|| reader.get_row_iter(Some(projection)));
    match rows {
        Ok(Ok(rows)) => feed_rows(rows, name, &meaning, sink),
        Ok(Err(error)) => sink(unreadable(name, damaged(&error.to_string()))),
        Err(_) => sink(unreadable(name, damaged("its columns cannot be read"))),
    }
}

/// Why a column cannot be read here.
fn refusal(column: &ColumnChunkMetaData) -> Option<String> {
    let packing = column.compression();
    let read = matches!(
        packing,
        Compression::UNCOMPRESSED
            | Compression::SNAPPY
            | Compression::GZIP(_)
            | Compression::ZSTD(_)
    );
    if !read {
        return Some(format!(
            "is packed with {packing}, which is not read here; write it with zstd, snappy or gzip"
        ));
    }
    (column.uncompressed_size() > COLUMN_BYTES).then(|| {
        "a column of it unpacks to more than 4 GiB; write it in smaller row groups".to_owned()
    })
}

fn feed_rows(mut rows: RowIter<'_>, name: &str, meaning: &Meaning, sink: &mut Sink<'_>) -> Flow {
    let mut table = Table::new(name);
    for number in 1.. {
        let record = match bug::catch(|| rows.next()) {
            Ok(None) => break,
            Ok(Some(Ok(record))) => record,
            Ok(Some(Err(error))) => return table.fail(number, lost(&error.to_string()), sink),
            Err(_) => return table.fail(number, lost("a page of it cannot be read"), sink),
        };
        let values: Vec<(&str, Vec<u8>)> = values(&record).collect();
        let row = Row(values.iter().map(|(column, value)| (*column, value.as_slice())).collect());
        table.push(number, &row, meaning, sink)?;
    }
    Flow::Continue(())
}

fn values(record: &Record) -> impl Iterator<Item = (&str, Vec<u8>)> {
    record.get_column_iter().filter_map(|(name, field)| {
        let value = match field {
            Field::Str(text) => text.clone().into_bytes(),
            Field::Bytes(bytes) => bytes.data().to_vec(),
            Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => {
                return None;
            }
            number => number.to_string().into_bytes(),
        };
        Some((name.as_str(), value))
    })
}

/// The columns that are of use.
fn projection(schema: &Type, meaning: &Meaning) -> Result<Type, String> {
    let fields = schema.get_fields().iter().filter(|field| meaning.uses(field.name()));
    Type::group_type_builder(schema.name())
        .with_fields(fields.map(Arc::clone).collect())
        .build()
        .map_err(|error| error.to_string())
}

fn damaged(detail: &str) -> String {
    format!(
        "the Parquet table is damaged or written in a way that is not read here ({detail}); write it again"
    )
}

fn lost(detail: &str) -> String {
    format!("this row and those behind it cannot be read ({detail}); write the table again")
}
