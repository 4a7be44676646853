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
            var lie = new Lie(instruction, read);
            var result = CircuitExecutor.Run(circuit, sample.Inputs, lie, keepGoing: true);
            if (!lie.Told)
                continue; // it writes no cell that anyone reads
            var error = forger.Try(trace: result.Trace!);

            // An input may be another one: then all that follows is as true as before. A computed result may not.
            var isFree = circuit.Instructions[instruction].Operation is Operation.Input or Operation.Advise;
            Assert.True(isFree || error != VerificationError.None, $"instruction {instruction}, {circuit.Instructions[instruction].Operation}: {error}");
            Assert.Equal(ConstraintChecker.Check(circuit, result.Trace!).Holds, error == VerificationError.None);
        }
    }

    private sealed class Lie(int at, HashSet<int> read) : IFaultInjector
    {
        public bool Told { get; private set; }

        public void AfterWrite(int instruction, Cell cell, Span<KoalaBear> limbs)
        {
            if (instruction != at || Told || !read.Contains(cell.Address))
                return;
            limbs[0] += KoalaBear.One;
            Told = true;
        }
    }
}
