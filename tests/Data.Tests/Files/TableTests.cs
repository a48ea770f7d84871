using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Files.Tables;

namespace PluginHost.Data.Tests.Files;

public sealed class TableTests
{
    private static readonly TableColumn[] columns = [new("id", typeof(string)), new("p", typeof(float)), new("n", typeof(long))];

    private static string Text(char separator, params object?[][] rows)
    {
        using var writer = new StringWriter();
        var table = new DelimitedTable(writer, columns, separator);
        foreach (var row in rows) table.Add(row);
        return writer.ToString();
    }

    [Theory]
    [InlineData("a.tsv", TableKind.Tsv, false)]
    [InlineData("a.TSV.gz", TableKind.Tsv, true)]
    [InlineData("a.csv", TableKind.Csv, false)]
    [InlineData("dir.d/a.csv.gz", TableKind.Csv, true)]
    [InlineData("a.jsonl", TableKind.Jsonl, false)]
    [InlineData("a.json", TableKind.Json, false)]
    [InlineData("a.parquet", TableKind.Parquet, false)]
    [InlineData("a.bed.gz", TableKind.Bed, true)]
    [InlineData("-", TableKind.Tsv, false)]
    [InlineData("/dev/stdout", TableKind.Tsv, false)]
    [InlineData("dir.d/pipe", TableKind.Tsv, false)]
    public void The_ending_tells_the_format(string name, TableKind kind, bool packed) =>
        Assert.Equal(new TableFormat(kind, packed), TableFormat.Of(name));

    [Theory]
    [InlineData("a.xlsx")]
    [InlineData("a.parquet.gz")]
    [InlineData("a.gz")]
    [InlineData("a.csv.zip")]
    [InlineData("a.tsv.zst")]
    [InlineData("a.npz")]
    public void Another_ending_is_refused(string name) =>
        Assert.Contains("the name must end in", Assert.Throws<UsageException>(() => TableFormat.Of(name)).Message);

    [Fact]
    public void Numbers_are_written_in_full_and_nothing_is_an_empty_cell()
    {
        Assert.Equal("id\tp\tn\na b\t0.33333334\t9007199254740993\nx\t\t\n",
            Text('\t', ["a\tb", 1f / 3, 9007199254740993], ["x", null, null]));
        Assert.Equal("id,p,n\n\"a,\"\"b\"\"\",NaN,1\n", Text(',', ["a,\"b\"", float.NaN, 1L]));
    }

    [Fact]
    public void Any_text_of_a_CSV_cell_is_read_back() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string>(), id =>
        {
            id ??= "";
            var line = Text(',', [id, 1f, 2L])["id,p,n\n".Length..^",1,2\n".Length];
            var read = line.StartsWith('"') ? line[1..^1].Replace("\"\"", "\"") : line;
            return read == id && (line.StartsWith('"') || !id.AsSpan().ContainsAny("\",\r\n"));
        }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void JSON_is_JSON_whatever_is_in_a_row(bool lines)
    {
        using var stream = new MemoryStream();
        var table = new JsonTable(stream, columns, lines);
        table.Add(["a\"\n\u0001", 0.1f, 9007199254740993]);
        table.Add(["b", float.NaN, null]);
        table.Finish();
        var text = Encoding.UTF8.GetString(stream.ToArray());
        var rows = lines ? [.. text.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement)]
            : JsonDocument.Parse(text).RootElement.EnumerateArray().ToArray();
        Assert.Equal(2, rows.Length);
        Assert.Equal("a\"\n\u0001", rows[0].GetProperty("id").GetString());
        Assert.Equal((0.1f, 9007199254740993), (rows[0].GetProperty("p").GetSingle(), rows[0].GetProperty("n").GetInt64()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (rows[1].GetProperty("p").ValueKind, rows[1].GetProperty("n").ValueKind));
    }

    [Theory]
    [InlineData(true, "")]
    [InlineData(false, "[\n]\n")]
    public void No_rows_are_a_whole_file_too(bool lines, string expected)
    {
        using var stream = new MemoryStream();
        new JsonTable(stream, columns, lines).Finish();
        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
