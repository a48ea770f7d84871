using System.Text.Json;
using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Runs;

public class ComponentSpecConverterTests
{
    [Fact]
    public void Every_kind_of_option_survives_a_round_trip()
    {
        var spec = new ComponentSpec("ensemble", new Dictionary<string, object?>
        {
            ["k"] = 6L, ["rate"] = 0.15, ["whole"] = 2.0, ["tiny"] = 1e-12, ["on"] = true, ["text"] = "a\"b", ["nothing"] = null,
            ["list"] = new List<object?> { 1L, "x", 0.5 },
            ["nested"] = new Dictionary<string, object?> { ["use"] = "kmer", ["k"] = 3L },
        });

        var json = JsonSerializer.Serialize(spec, Json.Line);
        var back = JsonSerializer.Deserialize<ComponentSpec>(json, Json.Line)!;

        Assert.Equal("ensemble", back.Use);
        Assert.Equal(6L, back.With["k"]);
        Assert.Equal(2.0, Assert.IsType<double>(back.With["whole"]));
        Assert.Equal(1e-12, back.With["tiny"]);
        Assert.Equal(json, JsonSerializer.Serialize(back, Json.Line));
    }
}
