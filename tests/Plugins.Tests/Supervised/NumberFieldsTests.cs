using PluginHost.Libs.Supervised;
using static PluginHost.Plugins.Tests.Supervised.Fitting;

namespace PluginHost.Plugins.Tests.Supervised;

public sealed class NumberFieldsTests
{
    private static readonly Sample sample =
        Row("7", "ACGT", ("one", "1.5"), ("several", "1 2;3"), ("vector", new[] { 4f, 5f }), ("number", 6.0), ("none", ""),
            ("word", "1 two"), ("tf_1", "8"), ("tf_2", "NA"));

    [Fact]
    public void Numbers_vectors_and_text_are_laid_one_behind_the_other()
    {
        var fields = new NumberFields(["number", "several", "vector", "one", "none"], "features");
        Assert.Equal([6, 1, 2, 3, 4, 5, 1.5f, float.NaN], fields.Read(sample));
        Assert.Equal(["number", "several_0", "several_1", "several_2", "vector_0", "vector_1", "one", "none"], fields.Names(sample));
        Assert.Equal("number 2 of 'vector'", fields.FieldOf(sample, 5));
    }

    [Fact]
    public void Patterns_stand_for_the_fields_they_fit()
    {
        Assert.Equal(["one", "tf_1", "tf_2"], NumberFields.Resolve(["one", "tf_?"], sample, "features"));
        Assert.Contains("data.csv:7: no field fits 'x*' in 'features'",
            Assert.Throws<DataException>(() => NumberFields.Resolve(["x*"], sample, "features")).Message);
    }

    [Fact]
    public void What_is_no_number_or_not_there_is_named()
    {
        Assert.Contains("data.csv:7: field 'word' has 'two', which is not a number",
            Assert.Throws<DataException>(() => new NumberFields(["word"], "targets").Read(sample)).Message);
        Assert.Contains("there is no field 'absent', which 'targets' names",
            Assert.Throws<DataException>(() => new NumberFields(["absent"], "targets").Read(sample)).Message);
    }

    [Fact]
    public void Moments_are_those_of_the_population_and_leave_missing_numbers_out()
    {
        var moments = new Moments(3);
        foreach (var row in (float[][])[[1, 7, float.NaN], [2, 7, 4], [6, 7, 8]]) moments.Add(row);
        Assert.Equal([3, 7, 6], moments.Means());
        Assert.Equal(Math.Sqrt(14 / 3.0), moments.Deviations()[0], 1e-12);
        Assert.Equal([1.0, 2], moments.Deviations()[1..]);
        Assert.Equal(2, moments.Count(2));
    }
}
