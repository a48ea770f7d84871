using PluginHost.Libs.Files.Cells;

namespace PluginHost.Data.Tests.Files;

/// <summary>What a cell of a table says: numbers, a missing value, a label.</summary>
public sealed class CellTests
{
    [Theory]
    [InlineData("1.5", 1.5f)]
    [InlineData("-2e-3", -0.002f)]
    [InlineData("1 2;3|4", 1f, 2f, 3f, 4f)]
    [InlineData("0.5,0.25", 0.5f, 0.25f)]
    [InlineData("1, 2", 1f, 2f)]
    [InlineData("[1,2]", 1f, 2f)]
    [InlineData("1,2,3", 1f, 2f, 3f)]
    [InlineData("100 200", 100f, 200f)]
    [InlineData("0;5", 0f, 5f)]
    [InlineData("", float.NaN)]
    [InlineData("None", float.NaN)]
    [InlineData("1 NA", 1f, float.NaN)]
    public void Numbers_are_read(string cell, params float[] numbers)
    {
        Assert.Equal(numbers, NumberCell.Read(cell, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("0,5")]
    [InlineData("-0,5")]
    [InlineData(",5")]
    [InlineData("12,345")]
    [InlineData("1,5e3")]
    [InlineData("1,234.5")]
    [InlineData("1,234,567")]
    [InlineData("1 234.5")]
    [InlineData("12 345")]
    [InlineData("1.234,5")]
    [InlineData("0,5;0,7")]
    [InlineData("0,5 0,7")]
    [InlineData("1 234,5")]
    public void A_comma_that_may_stand_before_decimals_or_between_thousands_is_refused(string cell)
    {
        Assert.Null(NumberCell.Read(cell, out var problem));
        Assert.Contains($"has '{cell}', which may be one number", problem);
        Assert.Contains("(0.5)", problem);
    }

    [Fact]
    public void Between_flags_a_comma_can_but_separate() => Assert.Equal([0f, 1f], NumberCell.Read("0,1", out _, flags: true)!);

    [Fact]
    public void What_is_no_number_is_named()
    {
        Assert.Null(NumberCell.Read("1 two", out var problem));
        Assert.StartsWith("has 'two', which is not a number", problem);
    }

    [Theory]
    [InlineData("nan", true)]
    [InlineData("NA", true)]
    [InlineData(" null ", true)]
    [InlineData("None", true)]
    [InlineData("<NA>", true)]
    [InlineData("", true)]
    [InlineData("-", false)]
    [InlineData("+", false)]
    [InlineData("neither", false)]
    public void Words_for_a_missing_value_are_known(string cell, bool missing) => Assert.Equal(missing, MissingText.Is(cell));

    [Theory]
    [InlineData("Donor", "donor")]
    [InlineData("1", "1.0")]
    [InlineData("01", "1")]
    [InlineData("a  b", "A b")]
    [InlineData("x\u200b", "x")]
    public void Labels_that_differ_only_in_how_they_are_written_are_found(string rare, string usual)
    {
        var (label, problem) = LabelNames.Twins(new Dictionary<string, long> { [usual] = 9, [rare] = 1, ["other"] = 5 })!.Value;
        Assert.Equal(rare, label);
        Assert.Contains($"'{usual}' (9 rows)", problem);
        Assert.Null(LabelNames.Twins(new Dictionary<string, long> { ["donor"] = 1, ["donors"] = 1, ["-1"] = 1, ["1"] = 1 }));
    }

    [Fact]
    public void Many_different_numbers_are_measurements()
    {
        static Dictionary<string, long> Labels(int count, double step, long rows) =>
            Enumerable.Range(0, count).ToDictionary(i => FormattableString.Invariant($"{i * step}"), _ => rows);
        Assert.Contains("use 'regress'", LabelNames.Measurements(Labels(11, 0.5, 100)));
        Assert.Contains("measurements", LabelNames.Measurements(Labels(30, 1, 1)));
        Assert.Null(LabelNames.Measurements(Labels(30, 1, 2)));
        Assert.Null(LabelNames.Measurements(Labels(10, 0.5, 1)));
        Assert.Null(LabelNames.Measurements(Enumerable.Range(0, 30).ToDictionary(i => $"c{i}", _ => 1L)));
    }
}
