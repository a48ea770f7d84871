namespace PluginHost.Plugins.Population.Report;

/// <summary>What figures are called where they are read.</summary>
internal static class FigureNames
{
    /// <summary>Those of the first table, in its order.</summary>
    public static readonly string[] Main =
    [
        "allele_frequency_r", "allele_frequency_r_rare", "ld_r", "ld_mean_difference", "pca_wasserstein_mean",
        "distance_within_wasserstein", "distance_between_wasserstein", "adversarial_accuracy", "adversarial_accuracy_training",
        "privacy_loss", "copies_of_training", "copies_of_real", "nearest_training_median", "repeated",
    ];

    /// <summary>In words.</summary>
    /// <param name="name">As in figures.tsv.</param>
    /// <param name="rare">Under which frequency alleles are rare.</param>
    public static string InWords(string name, double rare) => name switch
    {
        "allele_frequency_r" => "allele frequency, r",
        "allele_frequency_r_rare" => FormattableString.Invariant($"allele frequency, r, real under {rare}"),
        "allele_frequency_difference" => "allele frequency, mean difference",
        "fixed_snps" => "SNPs with one allele",
        "ld_r" => "LD (r2 of pairs), r",
        "ld_mean_difference" => "LD, mean r2 less the real",
        "pca_wasserstein_mean" => "components, Wasserstein, mean",
        "distance_within_mean" => "distance within, mean (SNPs)",
        "distance_within_wasserstein" => "distance within, Wasserstein",
        "distance_between_mean" => "distance to real, mean (SNPs)",
        "distance_between_wasserstein" => "distance to real, Wasserstein",
        "adversarial_accuracy" => "adversarial accuracy",
        "adversarial_accuracy_truth" => "adversarial accuracy of the real",
        "adversarial_accuracy_synthetic" => "adversarial accuracy of the artificial",
        "adversarial_accuracy_training" => "adversarial accuracy, training",
        "privacy_loss" => "privacy loss",
        "copies_of_training" => "copies of training haplotypes",
        "copies_of_real" => "copies of real haplotypes",
        "nearest_training_median" => "nearest training haplotype, median",
        "nearest_training_wasserstein" => "nearest training haplotype, Wasserstein",
        "repeated" => "haplotypes that repeat another",
        _ => name.StartsWith("pca_wasserstein_", StringComparison.Ordinal)
            ? $"component {name["pca_wasserstein_".Length..]}, Wasserstein" : name,
    };
}
