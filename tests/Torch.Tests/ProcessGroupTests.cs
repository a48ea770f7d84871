using System.Net;
using System.Net.Sockets;
using PluginHost.Torch;
using static TorchSharp.torch;

namespace Torch.Tests;

/// <summary>All-reduce over TCP. Two ranks in one process, each on a thread of its own.</summary>
public sealed class ProcessGroupTests
{
    [Fact]
    public async Task Ranks_sum_and_share()
    {
        Assert.SkipUnless(ProcessGroup.IsAvailable, "this libtorch has no Gloo");
        var port = FreePort();
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(rank => Task.Factory.StartNew(() =>
        {
            using var group = new ProcessGroup("127.0.0.1", port, rank, 2, TimeSpan.FromSeconds(60));
            using var sum = full(4, rank + 1f);
            group.AllReduceSum(sum);
            using var shared = full(2, rank * 10f);
            group.Broadcast(shared, root: 1);
            group.Barrier();
            return (sum.data<float>().ToArray(), shared.data<float>().ToArray());
        }, TaskCreationOptions.LongRunning)));
        foreach (var (sum, shared) in results)
        {
            Assert.Equal([3f, 3, 3, 3], sum);
            Assert.Equal([10f, 10f], shared);
        }
    }

    [Fact]
    public void A_rank_outside_the_group_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessGroup("127.0.0.1", 1, 2, 2));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
