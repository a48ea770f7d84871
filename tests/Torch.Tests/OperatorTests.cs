using Torch.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Torch.Tests;

/// <summary>Every operator and its gradients against what Python torch computed.</summary>
public sealed class OperatorTests
{
    private static readonly Operators Golden = GoldenFile.Read<Operators>("operators.json");

    private static readonly TensorIndex All = TensorIndex.Colon;

    private static readonly Dictionary<string, Func<Tensor[], Tensor[]>> Expressions = new()
    {
        ["add_alpha"] = t => [t[0].add(t[1], 2.5)],
        ["sub_mul_div"] = t => [(t[0] - t[1]) * t[0] / t[1]],
        ["scalar_mix"] = t => [((2 - t[0]) * 3 / 4) + 1],
        ["reciprocal_scalar"] = t => [2 / t[0]],
        ["remainder_pow"] = t => [t[1].pow(2.5) + t[0].remainder(0.7)],
        ["exp_log_sqrt"] = t => [t[0].exp() + t[0].log() + t[0].sqrt() + t[0].rsqrt() + t[0].log1p()],
        ["trigonometry"] = t => [t[0].sin() + (t[0].cos() * t[0].tanh()) + t[0].erf() + t[0].sigmoid()],
        ["abs_sign_round"] = t => [t[0].abs() + t[0].sign() + t[0].floor() + t[0].ceil() + t[0].round() + t[0].trunc()],
        ["clamp_minmax"] = t => [t[0].clamp(-0.5, 0.5) + maximum(t[0], t[1]) - minimum(t[0], t[1])],
        ["relu_family"] = t => [F.relu(t[0]) + F.silu(t[0]) + t[0].leaky_relu(0.1) + t[0].softplus() + t[0].elu()],
        ["gelu"] = t => [F.gelu(t[0])],
        ["softmax"] = t => [F.softmax(t[0], -1)],
        ["log_softmax"] = t => [F.log_softmax(t[0], 1)],
        ["sum_dims"] = t => [t[0].sum(), t[0].sum(1), t[0].sum([0, 2], keepdim: true)],
        ["mean_std_var"] = t => [t[0].mean(), t[0].mean([1]), t[0].std(), t[0].var(-1, unbiased: false), t[0].std(1)],
        ["prod_cumsum"] = t => [t[0].prod(), t[0].prod(1), t[0].cumsum(1)],
        ["max_min_dim"] = t => [t[0].max(), t[0].min(), .. Both(t[0].max(1)), .. Both(t[0].min(0, keepdim: true))],
        ["amax_logsumexp_norm"] = t => [t[0].amax([0, 1]), t[0].logsumexp(1), t[0].norm(), t[0].norm(1, p: 1)],
        ["argmax_sort_topk"] = t =>
            [t[0].argmax(), t[0].argmax(1), t[0].argsort(1), .. Both(t[0].sort(1, descending: true)), .. Both(t[0].topk(2))],
        ["comparisons"] = t => [t[0] == t[1], t[0] != t[1], t[0] < t[1], t[0] <= t[1], t[0] > 2, t[0] >= 2],
        ["logic"] = t => [t[0] & t[1], t[0] | t[1], t[0] ^ t[1], ~t[0], t[0].logical_not(), t[0].all(), t[0].any()],
        ["matmul"] = t => [t[0].matmul(t[1])],
        ["mm_bmm_mv"] = t => [t[0].bmm(t[1]), t[0][0].mm(t[1][0]), t[0][0].mv(t[2])],
        ["addmm_baddbmm"] = t => [t[0].addmm(t[1], t[2], beta: 0.5f, alpha: 2.0f)],
        ["einsum"] = t => [einsum("bij,bkj->bik", t[0], t[1])],
        ["outer_dot"] = t => [outer(t[0], t[1]), t[0].dot(t[1])],
        ["view_reshape"] = t => [t[0].view(6, 4), t[0].reshape(-1, 2), t[0].flatten(1), t[0].unsqueeze(1).squeeze(1)],
        ["transpose_permute"] = t => [t[0].transpose(0, 1), t[0].permute(2, 0, 1), t[0][0].t(), t[0].mT],
        ["expand_repeat"] = t => [t[0].expand(4, 3), t[0].repeat(2, 2), t[0].repeat_interleave(2, 1)],
        ["narrow_slice_select"] = t =>
            [t[0].narrow(1, 1, 3), t[0][1..3], t[0].select(0, 2), t[0][All, TensorIndex.Slice(1, null, 2)], t[0][TensorIndex.Ellipsis, -1]],
        ["chunk_split_unbind"] = t => [.. t[0].chunk(2, 1), .. t[0].split(4, 1), .. t[0].split([1, 3], 0L), .. t[0].unbind(0)],
        ["cat_stack"] = t => [cat([t[0], t[1]], 1), stack([t[0], t[1]], 1)],
        ["where_masked"] = t => [where(t[0] > 0, t[0], t[1]), t[0].masked_fill(t[0] > 0.5, 9.0), t[0].masked_select(t[0] > 0)],
        ["gather_index"] = t => [t[0].gather(1, t[1]), t[0].index_select(0, t[2]), t[0][t[2]], t[0][t[2], t[2]]],
        ["scatter"] = t => [t[0].scatter_add(1, t[1], t[2]), t[0].index_add(0, tensor(new long[] { 0, 0, 2 }), t[0], 2)],
        ["tril_triu_diag"] = t => [t[0].tril(), t[0].triu(1), t[0].diag(), t[0].diagonal(1)],
        ["flip_roll_unfold"] = t => [t[0].flip(0, 1), t[0].roll(2, 1), t[0].unfold(1, 3, 2)],
        ["nonzero_unique"] = t => [t[0].nonzero(), .. Three(t[0].unique(return_inverse: true, return_counts: true))],
        ["bincount_isin"] = t => [t[0].bincount(null), t[0].isin(tensor(new long[] { 2, 5 })), t[0].bucketize(tensor(new long[] { 2, 4 }))],
        ["linear"] = t => [F.linear(t[0], t[1], t[2])],
        ["layer_norm"] = t => [F.layer_norm(t[0], [4], t[1], t[2], 1e-6)],
        ["group_norm"] = t => [F.group_norm(t[0], 2, t[1], t[2])],
        ["batch_norm"] = t => [F.batch_norm(t[0], null, null, t[1], t[2], true)],
        ["embedding"] = t => [Embed(t[0], t[1])],
        ["conv1d"] = t => [F.conv1d(t[0], t[1], t[2], stride: 2, padding: 1, groups: 2)],
        ["conv2d"] = t => [F.conv2d(t[0], t[1], t[2], padding: [1, 1])],
        ["pooling"] = t => [F.max_pool1d(t[0], 2), F.avg_pool1d(t[0], 3, 2, 1), F.adaptive_avg_pool1d(t[0], 3)],
        ["pad"] = t => [F.pad(t[0], [1, 2], value: 3.0), F.pad(t[0].unsqueeze(0), [2, 1], PaddingModes.Reflect)],
        ["normalize_cosine"] = t => [F.normalize(t[0], dim: 1)],
        ["attention"] = t => [F.scaled_dot_product_attention(t[0], t[1], t[2])],
        ["attention_causal"] = t => [F.scaled_dot_product_attention(t[0], t[1], t[2], is_casual: true)],
        ["attention_mask"] = t => [F.scaled_dot_product_attention(t[0], t[1], t[2], t[3])],
        ["cross_entropy"] = t =>
            [F.cross_entropy(t[0], t[1]), F.cross_entropy(t[0], t[1], reduction: nn.Reduction.Sum, label_smoothing: 0.1),
                F.cross_entropy(t[0], t[1], reduction: nn.Reduction.None)],
        ["cross_entropy_weight"] = t => [F.cross_entropy(t[0], t[1], tensor(new[] { 0.5f, 1.2f, 0.9f }))],
        ["nll"] = t => [F.nll_loss(t[0].log_softmax(1), t[1])],
        ["bce_logits"] = t => [F.binary_cross_entropy_with_logits(t[0], t[1]),
            F.binary_cross_entropy_with_logits(t[0], t[1], pos_weights: tensor(new[] { 0.5f, 2f }), reduction: nn.Reduction.Sum)],
        ["regression_losses"] = t =>
            [F.mse_loss(t[0], t[1]), F.l1_loss(t[0], t[1], nn.Reduction.Sum), F.smooth_l1_loss(t[0], t[1]), F.huber_loss(t[0], t[1], 0.5)],
        ["kl_div"] = t => [F.kl_div(t[0].log_softmax(1), t[1], false, nn.Reduction.Sum)],
        ["one_hot"] = t => [F.one_hot(t[0], 4)],
        ["factories"] = _ =>
            [arange(2, 9, 3), arange(0, 1, 0.25), linspace(0, 1, 5), eye(2, 3), full(2, 7), zeros(2), ones(1, 2, ScalarType.Int64)],
        ["index_none_mask"] = t => [t[0][TensorIndex.None, TensorIndex.Tensor(t[1])], t[0][All, TensorIndex.None, 1..3],
            t[0][TensorIndex.Tensor(t[1]), 1], t[0][TensorIndex.Ellipsis, TensorIndex.None, 0]],
        ["lerp_addc"] = t => [t[0].lerp(t[1], t[2]), t[0].addcmul(t[1], t[2], 0.5), t[0].addcdiv(t[1], t[2], 0.5)],
        ["quantile_median"] = t => [t[0].median(), t[0].quantile(tensor(new[] { 0.25f, 0.5f })), t[0].kthvalue(2, null).values],
        ["std_mean_diff"] = t => [.. Both(t[0].std_mean()), t[0].diff(), t[0].cumprod(0)],
        ["cdist_kron"] = t => [cdist(t[0], t[1]), t[0].kron(t[1])],
    };

    public static TheoryData<string> Names => [.. Golden.Cases.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_and_gradients_equal_Python(string name)
    {
        using var scope = NewDisposeScope();
        var recorded = Golden.Cases.Single(c => c.Name == name);
        var inputs = recorded.Inputs.Select(i => i.ToTensor()).ToArray();
        foreach (var input in inputs.Where(i => i.is_floating_point())) input.requires_grad = true;

        var outputs = Expressions[name](inputs);

        Assert.Equal(recorded.Outputs.Length, outputs.Length);
        for (var i = 0; i < outputs.Length; i++) Close.To(recorded.Outputs[i].ToTensor(), outputs[i], what: $"{name} output {i}");
        var real = outputs.Where(o => o.is_floating_point() && o.requires_grad).ToArray();
        if (real.Length == 0) return;
        real.Select(o => (o * linspace(0.5, 1.5, o.numel()).reshape(o.shape)).sum()).Aggregate((a, b) => a + b).backward();
        for (var i = 0; i < inputs.Length; i++)
        {
            if (recorded.Grads[i] is { } grad) Close.To(grad.ToTensor(), inputs[i].grad!, what: $"{name} gradient {i}");
            else Assert.True(inputs[i].grad is null, $"{name} gradient {i}");
        }
    }

    [Fact]
    public void Every_recorded_case_has_its_expression() =>
        Assert.Equal(Golden.Cases.Select(c => c.Name).Order(), Expressions.Keys.Order());

    private static Tensor Embed(Tensor ids, Tensor weight)
    {
        var module = nn.Embedding(4, 3, padding_idx: 1);
        module.weight = new TorchSharp.Modules.Parameter(weight.detach());
        var output = module.call(ids);
        // The parameter is a leaf of its own: its gradient, none for the padding's row, is handed on to the recorded input.
        var rows = cat([weight[..1], weight[1..2].detach(), weight[2..]]);
        var link = rows.index_select(0, ids.flatten()).view([.. ids.shape, 3]);
        Assert.True(output.allclose(link));
        return link;
    }

    private static Tensor[] Both((Tensor, Tensor) pair) => [pair.Item1, pair.Item2];

    private static Tensor[] Three((Tensor, Tensor?, Tensor?) triple) => [triple.Item1, triple.Item2!, triple.Item3!];
}
