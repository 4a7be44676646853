using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Stark.Tests.Samples;

/// <summary>Traces of single instances put together.</summary>
internal static class Batch
{
    public static Trace Of(Circuit circuit, params Trace[] instances) => Of(CircuitUnion.Of(circuit), instances);

    /// <summary>The instances of each circuit, a power of two of them or none.</summary>
    public static Trace Of(CircuitUnion union, params Trace[][] instances)
    {
        var batch = new BatchTrace(union, new([.. instances.Select(own => own.Length == 0 ? InstanceCounts.Absent : int.Log2(own.Length))]));
        for (var circuit = 0; circuit < instances.Length; circuit++)
        {
            for (var i = 0; i < instances[circuit].Length; i++)
                batch.Write(circuit, i, instances[circuit][i]);
        }

        return batch.Build([.. instances.SelectMany(own => own).First().PublicValues]);
    }
}
