using PluginHost.Checkpoints;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Runs;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("safetensors").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Tensors_of_every_type_and_shape_survive_bit_for_bit()
    {
        var random = new SeededRandom(3);
        var tensors = new List<(string, Tensor)>
        {
            ("scalar", tensor(3.25f)), ("empty", zeros([0, 4])), ("bool", tensor(new[] { true, false, true })),
            ("nan", tensor(new[] { float.NaN, float.NegativeInfinity, -0f })), ("transposed", arange(6).reshape(2, 3).t()),
        };
        foreach (var type in (ScalarType[])[ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16,
            ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte])
            tensors.Add(($"t.{type}", (rand([3, (long)random.Next(1, 6)]) * 100).to(type)));
        var path = Path.Combine(root, "x.safetensors");
        using (var stream = File.Create(path)) SafetensorsFile.Write(stream, tensors);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(tensors.Count, file.Entries.Count);
        foreach (var (name, tensor) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(tensor.dtype, read.dtype);
            Assert.Equal(tensor.shape, read.shape);
            if (tensor.NumberOfElements > 0) Assert.True(tensor.contiguous().bytes.SequenceEqual(read.bytes), name);
        }
    }

    [Fact]
    public void Equal_content_gives_equal_bytes_in_whatever_order()
    {
        var (a, b) = (rand([4]), tensor(1L));
        byte[] Write(params (string, Tensor)[] tensors)
        {
            using var stream = new MemoryStream();
            SafetensorsFile.Write(stream, tensors);
            return stream.ToArray();
        }

        Assert.Equal(Write(("a", a), ("b", b)), Write(("b", b), ("a", a)));
    }

    [Fact]
    public void A_missing_file_or_tensor_is_a_data_failure()
    {
        Assert.Throws<DataException>(() => SafetensorsFile.Open(Path.Combine(root, "none")));
        var path = Path.Combine(root, "x");
        using (var stream = File.Create(path)) SafetensorsFile.Write(stream, [("a", zeros([2]))]);
        using var file = SafetensorsFile.Open(path);
        Assert.Contains("no tensor 'b'", Assert.Throws<DataException>(() => file.Read("b")).Message);
    }

    [Fact]
    public void The_file_is_what_the_published_reader_expects()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [("w", tensor(new[] { 1f, 2f }))]);

        // Written out by the format's rules: header length, JSON padded to a multiple of 8, little-endian data.
        var header = "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".PadRight(88);
        byte[] expected = [88, 0, 0, 0, 0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(header), 0, 0, 0x80, 0x3f, 0, 0, 0, 0x40];
        Assert.Equal(expected, stream.ToArray());
    }
}
