using System.Text.Json;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>Files that Python's torch 1.13 wrote, and what it says is in them.</summary>
internal static class GoldenContainers
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Host.Tests", "Checkpoints", "Golden");

    public static string File(string name) => Path.Combine(Folder, name);

    /// <summary>Compares every tensor of a checkpoint with what Python wrote down: names, types, shapes, bits.</summary>
    public static void Check(Checkpoint checkpoint, string expected = "expected.json")
    {
        using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File(expected)));
        var told = document.RootElement.EnumerateObject().ToList();
        Assert.Equal(told.Select(t => t.Name).Order(), checkpoint.Tensors.Select(t => t.Name).Order());
        foreach (var tensor in told)
        {
            using var read = checkpoint.Read(tensor.Name);
            var shape = tensor.Value.GetProperty("shape").EnumerateArray().Select(s => s.GetInt64());
            Assert.Equal(shape, read.shape);
            Assert.Equal(SafetensorsFile.TypeOf(tensor.Value.GetProperty("type").GetString()!), read.dtype);
            Assert.Equal(shape, checkpoint.Tensors.Single(t => t.Name == tensor.Name).Shape);
            Assert.Equal(tensor.Value.GetProperty("hex").GetString(),
                read.NumberOfElements == 0 ? "" : Convert.ToHexStringLower(read.bytes));
        }
    }
}
