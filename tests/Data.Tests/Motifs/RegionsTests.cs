using PluginHost.Libs.Motifs;

namespace PluginHost.Data.Tests.Motifs;

public class RegionsTests
{
    [Fact]
    public void Attention_stands_out_above_the_mean_and_ten_times_the_least()
    {
        double[] scores = [0.01, 0.01, 0.2, 0.3, 0.2, 0.01, 0.09, 0.08, 0.01, 0.5];

        // The mean is 0.142; ten times the least is 0.1.
        Assert.Equal([(2, 5)], Regions.Find(scores, null, 3));
        Assert.Equal([(2, 5), (9, 10)], Regions.Find(scores, null, 1));
    }

    [Fact]
    public void Other_scores_stand_out_by_standard_deviations_and_NaN_belongs_to_none()
    {
        double[] scores = [0, 0, double.NaN, 4, 4, double.NaN, 0, 0];

        Assert.Equal([(3, 5)], Regions.Find(scores, 1, 2));
        Assert.Empty(Regions.Find(scores, 2, 2));
        Assert.Empty(Regions.Find([double.NaN], 1, 1));
    }
}
