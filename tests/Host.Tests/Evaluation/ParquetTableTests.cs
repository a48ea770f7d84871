using Parquet;
using PluginHost.Libs.Files.Tables;
using PluginHost.Libs.TableFiles;

namespace PluginHost.Host.Tests.Evaluation;

public sealed class ParquetTableTests
{
    [Fact]
    public async Task A_table_is_read_back_with_its_types_and_gaps()
    {
        using var stream = new MemoryStream();
        var table = new ParquetTable(stream,
            [new("id", typeof(string)), new("n", typeof(long)), new("p", typeof(float)), new("d", typeof(double))]);
        table.Add(["a,\t\"b", 9007199254740993, 1f / 3, 1.0 / 3]);
        table.Add(["", null, float.NaN, null]);
        table.Finish();
        stream.Position = 0;
        await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["id", "n", "p", "d"], reader.Schema.GetDataFields().Select(f => f.Name));
        Assert.Equal(2, reader.OpenRowGroupReader(0).RowCount);
    }
}
