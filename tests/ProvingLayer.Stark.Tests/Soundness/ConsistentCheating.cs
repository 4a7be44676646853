using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Constraints.Tests.Support;
using ProvingLayer.Stark.Tests.Samples;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Stark.Tests.Soundness;

/// <summary>A witness that lies at one instruction and goes on consistently, proved by a prover that does not look.</summary>
public class ConsistentCheating
{
    public static TheoryData<string> Names() => [.. ProvedSample.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void C2_wrong_result_of_every_instruction_is_rejected(string name)
    {
        var sample = SampleCircuits.All().Single(candidate => candidate.Name == name);
        var circuit = sample.Circuit;
        var forger = new Forger(ProvedSample.Named(name));
        var read = circuit.Instructions.SelectMany(instruction => circuit.Code.AsSpan().Slice(instruction.Start, instruction.Reads).ToArray()
            .Concat(circuit.Code.AsSpan().Slice(instruction.Start + instruction.Reads, instruction.Results).ToArray().Where(result => result < 0).Select(result => ~result))).ToHashSet();
        for (var instruction = 0; instruction < circuit.InstructionCount; instruction++)
        {
            var operation = circuit.Instructions[instruction].Operation;
            for (var result = 0; result < circuit.Instructions[instruction].Results; result++)
            {
                var address = circuit.Code[circuit.Instructions[instruction].Start + circuit.Instructions[instruction].Reads + result];
                if (!read.Contains(address))
                    continue; // no cell of its own, or none that anyone reads
                var run = CircuitExecutor.Run(circuit, sample.Inputs, new Lie(address), keepGoing: true);
                var error = forger.Try(trace: run.Trace!);

                // An input may be another one: then all that follows is as true as before. The sibling of a path is one as well, but its parent
                // was computed before the lie, which makes it a lie about the parent. A computed result may not.
                var isFree = operation is Operation.Input or Operation.Advise or Operation.Witness or Operation.AdviseWitness;
                Assert.True(isFree || error != VerificationError.None, $"instruction {instruction}, {operation}, result {result}: {error}");
                Assert.Equal(ConstraintChecker.Check(circuit, run.Trace!).Holds, error == VerificationError.None);
            }
        }
    }

    private sealed class Lie(int address) : IFaultInjector
    {
        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (cell.Address == address)
                limbs[0] += KoalaBear.One;
        }
    }
}
