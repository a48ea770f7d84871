namespace PluginHost.Abstractions.Tests;

public sealed class SampleTests
{
    private static readonly Sample sample = new("s1", "ACGT")
    {
        Origin = "train.csv:17",
        Fields = new Dictionary<string,
            object>
        { ["label"] = "donor", ["half_life"] = "2.5", ["gc"] = 0.5, ["factors"] = new float[] { 1, 2 } },
    };

    [Fact]
    public void Fields_are_read_by_type()
    {
        Assert.Equal(("donor", "donor", 2.5, 0.5), (sample.Label, sample.Text("label"), sample.Number("half_life"), sample.Number("gc")));
        Assert.Equal([1f, 2f], sample.Vector("factors"));
        Assert.Null(new Sample("x", "A").Label);
    }

    [Fact]
    public void What_is_missing_or_of_another_type_is_named_with_its_origin()
    {
        Assert.Equal("train.csv:17: there is no field 'x'; there are: factors, gc, half_life, label.",
            Assert.Throws<DataException>(() => sample.Text("x")).Message);
        Assert.EndsWith("there is no field 'x'; there are none.",
            Assert.Throws<DataException>(() => new Sample("a", "ACGT").Text("x")).Message);
        Assert.Equal("train.csv:17: field 'label' is 'donor', which is not a finite number.",
            Assert.Throws<DataException>(() => sample.Number("label")).Message);
        Assert.Equal("train.csv:17: field 'gc' is not a vector of numbers.",
            Assert.Throws<DataException>(() => sample.Vector("gc")).Message);
        Assert.StartsWith("sample 'x': ", Assert.Throws<DataException>(() => new Sample("x", "").Text("y")).Message);
    }
}
