using PluginHost.Libs.TableFiles.Numpy;

namespace PluginHost.Plugins.Tests.Embed;

public class NpzTableTests
{
    [Fact]
    public void Columns_are_arrays_and_empty_cells_are_empty_texts_minus_one_and_no_number()
    {
        var folder = Directory.CreateTempSubdirectory("npz-table");
        try
        {
            using var stream = new MemoryStream();
            using (var table = new NpzTable(folder.FullName, stream,
                [new("id", typeof(string)), new("start", typeof(long)), new("score", typeof(float)), new("p", typeof(double))]))
            {
                table.Add(["first", 7L, 0.5f, 1e-300]);
                table.Add([null, null, null, null]);
                table.Finish();
            }
            var arrays = NpyArray.ReadAll(stream.ToArray());
            Assert.Equal(["id <U5", "p <f8", "score <f4", "start <i8"], arrays.Select(a => $"{a.Key} {a.Value.Type}").Order());
            Assert.All(arrays.Values, a => Assert.Equal([2], a.Shape));
            Assert.Equal([.. "first".SelectMany(c => BitConverter.GetBytes((int)c)), .. new byte[20]], arrays["id"].Data);
            Assert.Equal([.. BitConverter.GetBytes(7L), .. BitConverter.GetBytes(-1L)], arrays["start"].Data);
            Assert.Equal([.. BitConverter.GetBytes(0.5f), .. BitConverter.GetBytes(float.NaN)], arrays["score"].Data);
            Assert.Equal([.. BitConverter.GetBytes(1e-300), .. BitConverter.GetBytes(double.NaN)], arrays["p"].Data);
            Assert.Empty(folder.GetFileSystemInfos());
        }
        finally { folder.Delete(recursive: true); }
    }
}
